import { existsSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { listApiGroups } from '#api/contract/api-groups.ts'
import { uploadFile } from '#api/contract/files.ts'
import { exportSchema, exportWorkspace, importSchema, importWorkspace } from '#api/contract/transfer.ts'
import { getWorkspace, listBranches } from '#api/contract/workspaces.ts'

import {
  addGroup,
  fingerprint,
  makeOddWorkspace,
  makeWorkspace,
  sourceOf,
  userSchemas,
} from '../../archive/archive-fixture.ts'
import { addConstructs, logicPrint } from '../../archive/logic-fixture.ts'
import { TAR_END, tarHeader, tarPadding } from '../../archive/tar.ts'
import { verifyArchive } from '../../archive/verify.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'

const ID = { name: 'id', type: 'int' } as const

/** A tar of one member, compressed as other programs do. */
function packed(name: string, text: string): Buffer {
  const header = tarHeader('x', text.length, new Date(0))
  header.write(name, 0)
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return zstdCompressSync(Buffer.concat([header, Buffer.from(text), tarPadding(text.length), TAR_END]))
}

describe('export and import', () => {
  let app: TestApp
  let odd: number
  let archive: Buffer

  beforeAll(async () => {
    app = await createTestApp()
    odd = await makeOddWorkspace(app.database)
    archive = await exported(odd)
  })
  afterAll(() => app.close())

  async function exported(workspaceId: number, body: object = {}): Promise<Buffer> {
    const reply = (await app.call(exportWorkspace, { params: { workspace_id: workspaceId }, body })) as Response
    return Buffer.from(await reply.arrayBuffer())
  }

  function upload(bytes: Uint8Array): { content: Blob; name: string } {
    return { content: new Blob([new Uint8Array(bytes)]), name: 'x.xano' }
  }

  it('an export is a download with a telling file name', async () => {
    const reply = (await app.call(exportWorkspace, { params: { workspace_id: odd } })) as Response
    expect(reply.headers.get('content-type')).toBe('application/octet-stream')
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename="Odd-shop-\d{8}-\d{4}\.xano"$/)
  })

  it('an import brings a workspace back as it was, and answers the workspace with its branch', async () => {
    const target = await makeWorkspace(app.database, 'Target', [{ name: 'gone', columns: [ID] }])
    const result = await app.call(importWorkspace, {
      params: { workspace_id: target },
      body: {},
      file: upload(archive),
    })
    expect(result).toMatchObject({
      id: target,
      name: 'Target',
      description: 'About Odd "shop"',
      branch: { label: 'v1' },
    })
    expect(await fingerprint(app.database, target)).toEqual(await fingerprint(app.database, odd))
  })

  it('the password may come before or after the file', async () => {
    const bytes = await exported(odd, { password: 'geheim', branch: '' })
    const target = await makeWorkspace(app.database, 'Order of fields', [])
    for (const order of ['before', 'after']) {
      const form = new FormData()
      if (order === 'before') form.set('password', 'geheim')
      form.set('file', new Blob([new Uint8Array(bytes)]), 'x')
      if (order === 'after') form.set('password', 'geheim')
      const request = new Request('http://localhost', { method: 'POST', body: form })
      const reply = await app.app.inject({
        method: 'POST',
        url: `/api:meta/workspace/${target}/import`,
        headers: { ...(await tokenHeaders()), 'content-type': request.headers.get('content-type') ?? '' },
        payload: Buffer.from(await request.arrayBuffer()),
      })
      expect([order, reply.statusCode]).toEqual([order, 200])
    }
  })

  it('a field that comes twice is refused by name', async () => {
    const form = new FormData()
    form.append('password', 'one')
    form.append('file', new Blob([new Uint8Array(archive)]), 'x')
    form.append('password', 'two')
    const request = new Request('http://localhost', { method: 'POST', body: form })
    const reply = await app.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${odd}/import`,
      headers: { ...(await tokenHeaders()), 'content-type': request.headers.get('content-type') ?? '' },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { payload: { param: 'password' } }])
  })

  async function tokenHeaders(): Promise<Record<string, string>> {
    const { insertToken } = await import('../tokens/store.ts')
    const scopes = { 'instance:workspace': 'crud' }
    const input = { name: 'raw', expiresInSeconds: null, scopes, workspaces: 'all' as const }
    const { secret } = await insertToken(app.database.db, input, null, new Date())
    return { authorization: `Bearer ${secret}` }
  }

  it('an export without records holds definitions only', async () => {
    for (const bytes of [await exported(odd, { records: false }), await exportedSchema()]) {
      const { manifest } = await verifyArchive(sourceOf(bytes), '')
      expect(manifest.includesRows).toBe(false)
      expect(manifest.counts).toMatchObject({ tables: 6, rows: 0 })
    }
  })

  async function exportedSchema(): Promise<Buffer> {
    const reply = (await app.call(exportSchema, { params: { workspace_id: odd } })) as Response
    return Buffer.from(await reply.arrayBuffer())
  }

  it.each<[string, () => Uint8Array, string]>([
    ['an empty file', () => new Uint8Array(), 'not_an_archive'],
    ['a text', () => Buffer.from('no archive'), 'not_an_archive'],
    ['a truncated archive', () => archive.subarray(0, archive.length / 2), 'truncated'],
    [
      'a damaged archive',
      () => Buffer.concat([archive.subarray(0, 1_000), Buffer.from('x'), archive.subarray(1_001)]),
      'corrupted',
    ],
    ['a member outside of the archive', () => packed('../evil', 'x'), 'unsafe_name'],
    ['a newer format', () => packed('manifest.json', '{"format": 9}'), 'archive_too_new'],
  ])('%s is refused: the target, the schemas and the disk stay as they were', async (_what, bytes, reason) => {
    const target = await makeWorkspace(app.database, `Bad ${_what}`, [{ name: 'kept', columns: [ID] }])
    await app.database.pool.query(`insert into w${target}_live.kept default values`)
    const [before, schemas] = [await fingerprint(app.database, target), await userSchemas(app.database)]
    const failure = app.call(importWorkspace, { params: { workspace_id: target }, body: {}, file: upload(bytes()) })
    await expect(failure).rejects.toMatchObject({ status: 400, payload: { reason } })
    expect(await fingerprint(app.database, target)).toEqual(before)
    expect(await userSchemas(app.database)).toEqual(schemas)
    const spool = join(app.dataDir, 'tmp')
    expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([])
  })

  it('a wrong and a missing password are told apart', async () => {
    const bytes = await exported(odd, { password: 'right' })
    const run = (password: string): Promise<unknown> =>
      app.call(importWorkspace, { params: { workspace_id: odd }, body: { password }, file: upload(bytes) })
    await expect(run('wrong')).rejects.toMatchObject({
      status: 400,
      payload: { param: 'password', reason: 'wrong_password' },
    })
    await expect(run('')).rejects.toMatchObject({ status: 400, payload: { reason: 'password_required' } })
  })

  it('rows that do not fit are refused by table and line, without their contents, and nothing changes', async () => {
    const source = await makeWorkspace(app.database, 'Breaks', [
      { name: 'a', columns: [ID, { name: 'code', type: 'text' }] },
    ])
    await app.database.pool.query(`insert into w${source}_live.a (code) values ('top secret'), ('top secret')`)
    // The index is added to the definition alone, so that the archive contradicts itself.
    await app.database.pool.query(
      `update metadeck.table_definition set indexes = '[{"id": "aaaaaaaa", "type": "unique", "fields": [{"name": "code", "op": "asc"}]}]' where workspace_id = $1`,
      [source],
    )
    const bytes = await exported(source)
    const before = await fingerprint(app.database, odd)
    const failure: unknown = await app
      .call(importWorkspace, { params: { workspace_id: odd }, body: {}, file: upload(bytes) })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ status: 400, payload: { reason: 'bad_rows' } })
    expect(String(failure)).toContain('"a"')
    expect(String(failure)).not.toContain('top secret')
    expect(await fingerprint(app.database, odd)).toEqual(before)
  })

  it('an export holds constructs and stored files, and an import brings both; vault: false leaves files out', async () => {
    const source = await makeWorkspace(app.database, 'With files', [])
    for (const group of ['Public', 'Admin']) await addGroup(app.database, source, group)
    await addConstructs(app.database, source)
    const params = { workspace_id: source }
    const file = { content: new Blob(['the bytes']), name: 'notes.txt' }
    const uploaded = await app.call(uploadFile, { params, body: { access: 'public' }, file })
    const without = await verifyArchive(sourceOf(await exported(source, { vault: false })), '')
    expect(without.manifest).toMatchObject({ includesFiles: false, counts: { files: 0 } })
    const bytes = await exported(source)
    const print = await logicPrint(app.database, source)
    await app.database.pool.query('delete from metadeck.construct where workspace_id = $1', [source])
    await app.database.pool.query('delete from metadeck.file where workspace_id = $1', [source])
    await app.call(importWorkspace, { params, body: {}, file: upload(bytes) })
    expect(await logicPrint(app.database, source)).toEqual(print)
    const served = await app.app.inject({ method: 'GET', url: uploaded.path })
    expect([served.statusCode, served.body]).toEqual([200, 'the bytes'])
  })

  it('a second import of the same workspace at a time is refused', async () => {
    const target = await makeWorkspace(app.database, 'Busy', [])
    const client = await app.database.pool.connect()
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`metadeck.import.${target}`])
    const failure = app.call(importWorkspace, { params: { workspace_id: target }, body: {}, file: upload(archive) })
    await expect(failure).rejects.toMatchObject({ status: 409, payload: { reason: 'import_in_progress' } })
    await client.query('rollback')
    client.release()
  })

  it('readers see the old rows or the new ones, never none', async () => {
    const target = await makeWorkspace(app.database, 'Read all the time', [{ name: 'con', columns: [ID] }])
    await app.database.pool.query(`insert into w${target}_live.con default values`)
    const importing = { isDone: false }
    const seen = new Set<number>()
    const reading = (async () => {
      while (!importing.isDone) {
        const { rows } = await app.database.pool.query<{ count: number }>(
          `select count(*)::int as count from w${target}_live.con`,
        )
        seen.add(rows[0]?.count ?? -1)
      }
    })()
    await app.call(importWorkspace, { params: { workspace_id: target }, body: {}, file: upload(archive) })
    importing.isDone = true
    await reading
    expect([...seen]).toContain(1)
    expect([...seen].every((count) => count === 1 || count === 2)).toBe(true)
  })

  it('an export that breaks in the middle breaks the connection: no short file that looks whole', async () => {
    const big = await makeWorkspace(app.database, 'Breaks off', [
      { name: 'big', columns: [ID, { name: 'text', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${big}_live.big (text) select string_agg(encode(sha512((n * m)::text::bytea), 'hex'), '') from generate_series(1, 20000) n, generate_series(1, 16) m group by n`,
    )
    const address = await app.app.listen({ host: '127.0.0.1', port: 0 })
    const reply = await fetch(`${address}/api:meta/workspace/${big}/export`, {
      method: 'POST',
      headers: await tokenHeaders(),
    })
    expect(reply.status).toBe(200)
    const reading = (async () => {
      for await (const _ of reply.body ?? []) {
        await app.database.pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'copy %'",
        )
      }
    })()
    await expect(reading).rejects.toThrow()
  })

  it('twenty exports that do not come on leave the other requests their connections', async () => {
    const stuck = await makeWorkspace(app.database, 'Stuck', [{ name: 'held', columns: [ID] }])
    const client = await app.database.pool.connect()
    await client.query(`begin; lock table w${stuck}_live.held in access exclusive mode`)
    const exports = Array.from({ length: 20 }, () =>
      exported(stuck).then(
        () => 'done',
        (error: unknown) => error,
      ),
    )
    const first = await Promise.race(exports)
    expect(first).toMatchObject({ status: 429, retryAfterSeconds: 10 })
    expect(await app.call(getWorkspace, { params: { workspace_id: stuck } })).toMatchObject({ name: 'Stuck' })
    await client.query('rollback')
    client.release()
    const answers = await Promise.all(exports)
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(4)
    expect(answers.filter((answer) => (answer as { status?: number }).status === 429)).toHaveLength(16)
    await Promise.all(Array.from({ length: 4 }, () => exported(stuck)))
  })

  it('an export whose reader goes away makes room for the next one', async () => {
    const big = await makeWorkspace(app.database, 'Left alone', [
      { name: 'big', columns: [ID, { name: 'text', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${big}_live.big (text) select string_agg(encode(sha512((n * m)::text::bytea), 'hex'), '') from generate_series(1, 8000) n, generate_series(1, 16) m group by n`,
    )
    const { port } = app.app.server.address() as AddressInfo
    const headers = await tokenHeaders()
    for (let round = 1; round <= 6; round += 1) {
      const leaving = new AbortController()
      const reply = await fetch(`http://127.0.0.1:${port}/api:meta/workspace/${big}/export`, {
        method: 'POST',
        headers,
        signal: leaving.signal,
      })
      expect([round, reply.status]).toEqual([round, 200])
      leaving.abort()
    }
  })

  it('an archive of many megabytes goes through export and import, encrypted too', async () => {
    const big = await makeWorkspace(app.database, 'Megabytes', [
      { name: 'big', columns: [ID, { name: 'text', type: 'text' }] },
    ])
    await app.database.pool.query(
      `insert into w${big}_live.big (text) select string_agg(encode(sha512((n * m)::text::bytea), 'hex'), '') from generate_series(1, 8000) n, generate_series(1, 16) m group by n`,
    )
    const target = await makeWorkspace(app.database, 'Megabytes again', [])
    const bytes = await exported(big, { password: 'x' })
    expect(bytes.length).toBeGreaterThan(5_000_000)
    await app.call(importWorkspace, { params: { workspace_id: target }, body: { password: 'x' }, file: upload(bytes) })
    expect((await fingerprint(app.database, target))['rows']).toEqual((await fingerprint(app.database, big))['rows'])
  })

  it('a schema goes into a new branch, adds the tables that are missing and leaves the others alone', async () => {
    const target = await makeWorkspace(app.database, 'Branches', [
      {
        name: 'CON',
        columns: [
          { name: 'id', type: 'uuid' },
          { name: 'mine', type: 'text' },
        ],
      },
    ])
    await addGroup(app.database, target, 'Own')
    const params = { workspace_id: target }
    await app.call(importSchema, {
      params,
      body: { newbranch: 'next', setlive: 'true' },
      file: upload(await exportedSchema()),
    })
    const branches = await app.call(listBranches, { params })
    expect(branches.map(({ label, live }) => [label, live])).toEqual([
      ['v1', false],
      ['next', true],
    ])
    const groups = async (branch: string): Promise<string[]> =>
      (await app.call(listApiGroups, { params, query: { branch } })).items.map(({ name }) => name).toSorted()
    expect(await groups('v1')).toEqual(['Own'])
    expect(await groups('next')).toEqual(['Public', 'a/b "c"'])
    const print = (await fingerprint(app.database, target)) as { definitions: { name: string; columns: unknown[] }[] }
    expect(print.definitions.map(({ name }) => name).toSorted()).toEqual(
      ['CON', 'b/c\\d', 'empty', 'every type', 'refers', 'Übung ☕'].toSorted(),
    )
    expect(print.definitions.find(({ name }) => name === 'CON')?.columns).toHaveLength(2)
    expect(await app.call(getWorkspace, { params })).toMatchObject({ branch: 'next' })
  })

  it('a branch label that is taken or not usable is refused with the field named', async () => {
    const file = upload(await exportedSchema())
    const params = { workspace_id: odd }
    for (const newbranch of ['v1', 'not a label', '']) {
      const failure = app.call(importSchema, { params, body: { newbranch }, file })
      await expect(failure).rejects.toMatchObject({ status: 400, payload: { param: 'newbranch' } })
    }
  })

  it('a form without a file, with an unknown field or no form at all is refused with the field named', async () => {
    const params = { workspace_id: odd }
    await expect(app.call(importWorkspace, { params, body: {} })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'file' },
    })
    const body = { password: '', colour: 'red' } as { password: string }
    await expect(app.call(importWorkspace, { params, body, file: upload(archive) })).rejects.toMatchObject({
      payload: { param: 'colour' },
    })
    const reply = await app.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${odd}/import`,
      headers: await tokenHeaders(),
      payload: {},
    })
    expect(reply.statusCode).toBe(415)
  })

  it('an unknown workspace or branch is answered with 404 before any byte', async () => {
    await expect(app.call(exportWorkspace, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({
      status: 404,
    })
    await expect(
      app.call(exportWorkspace, { params: { workspace_id: odd }, body: { branch: 'none' } }),
    ).rejects.toMatchObject({ status: 404 })
    const file = upload(archive)
    await expect(
      app.call(importWorkspace, { params: { workspace_id: 999_999 }, body: {}, file }),
    ).rejects.toMatchObject({ status: 404 })
  })

  it('asks for the scopes of the documentation and for the workspace in reach', async () => {
    const params = { workspace_id: odd }
    const file = upload(archive)
    const reader = await app.callAs({ 'instance:workspace': 'r' })
    await expect(reader(importWorkspace, { params, body: {}, file })).rejects.toMatchObject({
      status: 403,
      payload: { scope: 'instance:workspace:update' },
    })
    const elsewhere = await app.callAs({ 'instance:workspace': 'crud' }, [999])
    for (const endpoint of [exportWorkspace, exportSchema])
      await expect(elsewhere(endpoint, { params })).rejects.toMatchObject({ status: 403 })
    await expect(elsewhere(importWorkspace, { params, body: {}, file })).rejects.toMatchObject({ status: 403 })
    await expect(elsewhere(importSchema, { params, body: { newbranch: 'x' }, file })).rejects.toMatchObject({
      status: 403,
    })
    await expect(app.callWith({})(exportWorkspace, { params })).rejects.toMatchObject({ status: 401 })
  })

  it('leaves an audit record that names the workspace and holds no password', async () => {
    await exported(odd, { password: 'never written down' })
    const rows = await app.database.db
      .selectFrom('audit_record')
      .selectAll()
      .where('action', '=', 'workspaceExport')
      .execute()
    expect(rows.at(-1)).toMatchObject({
      workspace_id: odd,
      target: { kind: 'workspace', id: odd },
      detail: { encrypted: true },
    })
    expect(JSON.stringify(rows)).not.toContain('never written down')
  })
})
