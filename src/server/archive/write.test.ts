import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { schemaName } from '../db/workspace.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, fingerprint, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { openArchive } from './envelope.ts'
import { importArchive } from './import.ts'
import { addConstructs } from './logic-fixture.ts'
import { readTar, readWhole } from './tar.ts'
import { verifyArchive } from './verify.ts'
import { writeArchive, type WriteProgress } from './write.ts'

const ID = { name: 'id', type: 'int' } as const
const REQUEST = { branch: '', password: '', includesRows: true, version: 'x', now: new Date() }

describe('writing an archive', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  async function bigWorkspace(name: string, rows: number, bytesPerRow: number): Promise<number> {
    const id = await makeWorkspace(database, name, [{ name: 'big', columns: [ID, { name: 'text', type: 'text' }] }])
    await database.pool.query(
      `insert into w${id}_live.big (text) select repeat(md5(n::text), $2::int / 32) from generate_series(1, $1::int) n`,
      [rows, bytesPerRow],
    )
    return id
  }

  it('a large table becomes several members, each readable alone, that come back as one table', async () => {
    const id = await bigWorkspace('Parts', 40_000, 1_024)
    const bytes = await archiveOf(database, id)
    const archive = await verifyArchive(sourceOf(bytes), '')
    expect(archive.manifest.tables[0]?.rows[0]).toMatchObject({
      count: 40_000,
      nextId: 40_001,
      order: 'id',
      members: Array.from({ length: 10 }, (_, at) => `rows/live/big/${String(at + 1).padStart(4, '0')}.csv`),
    })
    const request = { source: sourceOf(bytes), password: '', target: { newWorkspace: 'Parts again' }, now: new Date() }
    const copy = await importArchive(database, archive, request)
    expect((await fingerprint(database, copy))['rows']).toEqual((await fingerprint(database, id))['rows'])
  })

  it('memory does not grow with the table', async () => {
    const id = await bigWorkspace('Memory', 100_000, 2_048)
    const { stream } = await writeArchive(database, { ...REQUEST, workspaceId: id })
    const used = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    const before = used()
    let peak = 0
    await pipeline(
      stream,
      new Writable({
        write(_chunk, _encoding, done) {
          peak = Math.max(peak, used() - before)
          done()
        },
      }),
    )
    // 205 MB pass; two parts of 4 MB are held, and what the collector has not yet taken away.
    expect(peak).toBeLessThan(128 * 1_048_576)
  })

  it('definitions and rows are of one moment, whatever is written meanwhile', async () => {
    const id = await makeWorkspace(database, 'Moment', [
      { name: 'a', columns: [ID] },
      { name: 'b', columns: [ID] },
    ])
    const schema = schemaName(id, 'live')
    await database.pool.query(`insert into ${schema}.a default values; insert into ${schema}.b default values`)
    const { stream } = await writeArchive(database, { ...REQUEST, workspaceId: id })
    await database.pool.query(`insert into ${schema}.a default values; delete from ${schema}.b`)
    const truncating = database.pool.query(`truncate ${schema}.b`)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    await truncating
    const { manifest } = await verifyArchive(sourceOf(Buffer.concat(chunks)), '')
    expect(manifest.tables.map((table) => table.rows[0]?.count)).toEqual([1, 1])
  })

  it('every data source is written and comes back, its label whatever it is', async () => {
    const id = await makeWorkspace(database, 'Sources', [{ name: 'a', columns: [ID] }])
    for (const label of ['test', 'LIVE', 'v1.2']) {
      await database.pool.query(
        `create schema "w${id}_${label}"; create table "w${id}_${label}".a (like w${id}_live.a including all)`,
      )
      await database.pool.query('insert into metadeck.data_source values ($1, $2, $3, now())', [id, label, '#123456'])
      await database.pool.query(`insert into "w${id}_${label}".a (id) values (7)`)
    }
    const bytes = await archiveOf(database, id)
    const archive = await verifyArchive(sourceOf(bytes), '')
    const target = { newWorkspace: 'Sources again' }
    const copy = await importArchive(database, archive, {
      source: sourceOf(bytes),
      password: '',
      target,
      now: new Date(),
    })
    const sources = await database.pool.query(
      'select label, color from metadeck.data_source where workspace_id = $1 order by label collate "C"',
      [copy],
    )
    expect(sources.rows.map(({ label }: { label: string }) => label)).toEqual(['LIVE', 'live', 'test', 'v1.2'])
    for (const label of ['test', 'LIVE', 'v1.2']) {
      const { rows } = await database.pool.query(`select id from "w${copy}_${label}".a`)
      expect(rows).toEqual([{ id: 7 }])
    }
  })

  it('rows are in the order of their ids, wherever they lie: numbers by value, uuids by their bytes', async () => {
    const id = await makeWorkspace(database, 'Order', [
      { name: 'numbers', columns: [ID] },
      { name: 'uuids', columns: [{ name: 'id', type: 'uuid' }] },
    ])
    const ids = ['ff000000-0000-4000-8000-000000000000', '0a000000-0000-4000-8000-000000000000']
    await database.pool.query(`insert into w${id}_live.numbers (id) values (10), (9), (100), (2)`)
    await database.pool.query(`insert into w${id}_live.uuids (id) values ('${ids.join("'), ('")}')`)
    const { tar } = await openArchive(sourceOf(await archiveOf(database, id)), '')
    const rows: string[] = []
    for await (const member of readTar(tar)) {
      const text = (await readWhole(member, 100_000)).toString()
      if (member.name.startsWith('rows/')) rows.push(text)
    }
    expect(rows).toEqual(['id\n2\n9\n10\n100\n', `id\n${ids.toReversed().join('\n')}\n`])
  })

  it('a row that is larger than a part passes as a member by itself', async () => {
    const id = await makeWorkspace(database, 'Long', [{ name: 'long', columns: [ID, { name: 'text', type: 'text' }] }])
    await database.pool.query(
      `insert into w${id}_live.long (text) select repeat('x', n) from unnest(array[5, 9000000, 7, 5000000]) n`,
    )
    const bytes = await archiveOf(database, id)
    const archive = await verifyArchive(sourceOf(bytes), '')
    const { members } = archive.manifest
    expect(members.filter(({ name }) => name.startsWith('rows/')).map(({ size }) => size)).toEqual([
      'id,text\n1,\n'.length + 5,
      'id,text\n2,\n'.length + 9_000_000,
      'id,text\n3,\n'.length + 7,
      'id,text\n4,\n'.length + 5_000_000,
    ])
    const target = { newWorkspace: 'Long again' }
    const copy = await importArchive(database, archive, {
      source: sourceOf(bytes),
      password: '',
      target,
      now: new Date(),
    })
    expect((await fingerprint(database, copy))['rows']).toEqual((await fingerprint(database, id))['rows'])
  })

  it('the drafts of constructs are in it beside the published texts, byte for byte', async () => {
    const id = await makeWorkspace(database, 'Drafts', [])
    const text = 'function f {\n  input {\n  }\n  stack {\n  }\n  response = null\n}\n'
    const draft = 'function f {\r\n  # half done\n'
    await addConstructs(database, id, [
      { kind: 'function', name: 'f', text, draft },
      { kind: 'function', name: 'f.draft', text: text.replace('f {', '"f.draft" {') },
    ])
    const { manifest, contents } = await verifyArchive(sourceOf(await archiveOf(database, id)), '')
    expect(manifest.constructs.map((one) => one.draft)).toEqual(['definition/function/f.draft.xs', null])
    expect(contents.constructs.map((one) => one.draft)).toEqual([draft, null])
    expect(manifest.coverage.included).toContainEqual({ what: 'Drafts of constructs', count: 1 })
    expect(JSON.stringify(manifest.coverage.missing)).not.toContain('Drafts')
  })

  it('progress tells tables and rows that are really done', async () => {
    const id = await bigWorkspace('Progress', 2_000, 64)
    const steps: WriteProgress[] = []
    await archiveOf(database, id, { onProgress: (step) => steps.push(step) })
    expect(steps[0]).toMatchObject({ stage: 'definitions', tablesDone: 0, tablesTotal: 1, rows: 0 })
    expect(steps.some(({ current }) => current === 'big')).toBe(true)
    expect(steps.at(-1)).toMatchObject({ stage: 'rows', tablesDone: 1, rows: 2_000 })
    expect(steps.every((step, at) => at === 0 || step.rows >= (steps[at - 1]?.rows ?? 0))).toBe(true)
  })

  it('a reader that goes away ends the transaction, before the first byte and in the middle', async () => {
    const id = await bigWorkspace('Gone', 50_000, 1_024)
    for (const [bytes, password] of [
      [0, ''],
      [100_000, ''],
      [0, 'x'],
      [100_000, 'x'],
    ] as const) {
      const { stream } = await writeArchive(database, { ...REQUEST, workspaceId: id, password })
      let seen = 0
      if (bytes > 0) {
        for await (const chunk of stream) {
          seen += (chunk as Buffer).length
          if (seen > bytes) break
        }
      }
      stream.destroy()
      await expect.poll(openTransactions).toBe(0)
    }
  })

  it('an export that the database breaks off ends in an error, never early', async () => {
    const id = await bigWorkspace('Broken', 50_000, 1_024)
    const { stream } = await writeArchive(database, { ...REQUEST, workspaceId: id })
    const reading = (async () => {
      for await (const _ of stream) {
        await database.pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'copy %'",
        )
      }
    })()
    await expect(reading).rejects.toThrow()
    await expect.poll(openTransactions).toBe(0)
  })

  async function openTransactions(): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      'select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null',
    )
    return rows[0]?.count ?? -1
  }
})
