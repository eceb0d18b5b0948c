import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ArchiveDiff } from '#api/contract/diffs.ts'

import { openFolderStorage } from '../../storage/folder.ts'
import type { Storage } from '../../storage/storage.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { addGroup, archiveOf, makeWorkspace, sourceOf } from '../archive-fixture.ts'
import { importArchive } from '../import.ts'
import { addConstructs } from '../logic-fixture.ts'
import { verifyArchive } from '../verify.ts'
import { diffArchive } from './diff-archive.ts'

describe('what a restore would change: constructs, groups, settings and files', () => {
  let database: TestDatabase
  let folder: string
  let files: Storage

  beforeAll(async () => {
    database = await createTestDatabase()
    folder = mkdtempSync(join(tmpdir(), 'mdt-diff-'))
    files = await openFolderStorage(folder)
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function query(text: string, values: unknown[] = []): Promise<void> {
    await database.pool.query(text, values)
  }

  async function makeLogic(name: string): Promise<number> {
    const id = await makeWorkspace(database, name, [])
    for (const group of ['Public', 'Admin']) await addGroup(database, id, group)
    await addConstructs(database, id)
    return id
  }

  async function diff(bytes: Buffer, workspaceId: number): Promise<ArchiveDiff> {
    const { manifest } = await verifyArchive(sourceOf(bytes), '')
    return diffArchive(database, { source: sourceOf(bytes), password: '', manifest }, { workspaceId, samples: 2 })
  }

  /** `removed query GET x in Public`. */
  function told({ definitions }: ArchiveDiff): string[] {
    return definitions.map(({ kind, name, effect }) => `${effect} ${kind} ${name}`)
  }

  it('nothing, drafts included', async () => {
    const id = await makeLogic('Same')
    expect(await diff(await archiveOf(database, id), id)).toMatchObject({ same: true, definitions: [], draftsNow: 0 })
  })

  it('constructs that were changed, removed, added, renamed and moved since', async () => {
    const id = await makeLogic('Constructs')
    const archive = await archiveOf(database, id)
    const where = `workspace_id = ${id} and kind`
    await query(`update metadeck.construct set text = text || '// late' where ${where} = 'task'`)
    await query(`delete from metadeck.construct where ${where} = 'addon'`)
    await query(`update metadeck.construct set name = 'other' where ${where} = 'middleware'`)
    await query(`update metadeck.construct set api_group_id =
      (select id from metadeck.api_group where workspace_id = ${id} and name = 'Admin') where verb = 'DELETE' and ${where} = 'query'`)
    await addConstructs(database, id, [{ kind: 'function', name: 'late', text: 'function late {\n}\n' }])
    const found = await diff(archive, id)
    expect(told(found)).toEqual([
      'removed function late',
      'changed query DELETE orders/{id} in Public',
      'changed task Every night ☕',
      'changed middleware con',
      'added addon lines',
    ])
    const [removed, moved, changed, , added] = found.definitions
    expect(removed?.patch).toContain('-function late {\n-}\n')
    expect(moved?.patch).toBeNull()
    expect(changed?.patch).toMatch(/^-\}\r?\n?-\/\/ late|^-\/\/ late/m)
    expect(added?.patch).toContain('+addon lines {\n')
  })

  it('a construct whose guid is another one is found by its name', async () => {
    const id = await makeLogic('By name')
    const archive = await archiveOf(database, id)
    await query(`update metadeck.construct set guid = 'fresh' where workspace_id = ${id} and kind = 'addon'`)
    expect(told(await diff(archive, id))).toEqual(['changed addon lines'])
  })

  it('drafts, as changes of their own', async () => {
    const id = await makeLogic('Drafts')
    const archive = await archiveOf(database, id)
    await query(
      `update metadeck.construct set draft = text || '// draft' where workspace_id = ${id} and kind = 'addon'`,
    )
    const found = await diff(archive, id)
    expect(found).toMatchObject({ same: false, draftsNow: 1 })
    expect(told(found)).toEqual(['changed addon lines'])
    expect(found.definitions[0]?.patch).toContain('lines (draft)')
  })

  it('API groups, and the settings of workspace and branch', async () => {
    const id = await makeLogic('Settings')
    const archive = await archiveOf(database, id)
    await query(`update metadeck.workspace set description = 'late', realtime_enabled = true where id = ${id}`)
    await query(`update metadeck.branch set color = '#abcdef' where workspace_id = ${id}`)
    await query(`update metadeck.api_group set swagger = true where workspace_id = ${id} and name = 'Admin'`)
    await addGroup(database, id, 'Late')
    const found = await diff(archive, id)
    expect(told(found)).toEqual([
      'removed api_group Late',
      'changed workspace Settings',
      'changed branch v1',
      'changed api_group Admin',
    ])
    expect(found.definitions[1]?.patch).toContain('-description = "late"\n+description = "About Settings"\n')
    expect(found.definitions[3]?.patch).toContain('swagger')
  })

  it('the realtime name is not taken from another workspace that has it', async () => {
    const id = await makeWorkspace(database, 'Named', [])
    const archive = await archiveOf(database, id)
    const other = await makeWorkspace(database, 'Copy', [])
    await query(`update metadeck.workspace set description = 'About Named' where id = ${other}`)
    expect((await diff(archive, other)).same).toBe(true)
  })

  it('an archive of format 1 knows no constructs: only endpoints of groups that go are told', async () => {
    const id = await makeLogic('Meets an old one')
    const old = readFileSync(new URL('../fixtures/format-1.xano', import.meta.url))
    const found = await diff(old, id)
    expect(
      told(found)
        .filter((line) => line.includes(' query '))
        .toSorted(),
    ).toEqual([
      'removed query DELETE orders/{id} in Public',
      'removed query GET orders/{id} in Admin',
      'removed query GET orders/{id} in Public',
    ])
    expect(told(found).some((line) => line.includes('function'))).toBe(false)
    expect(found.draftsNow).toBe(0)
  })

  it.each([
    ['format-1.xano', ''],
    ['format-2-encrypted.xano', 'format 2 password'],
  ])('nothing at all, right after a restore of %s', async (name, password) => {
    const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url))
    const source = sourceOf(bytes)
    const archive = await verifyArchive(source, password)
    const target = { newWorkspace: archive.manifest.workspace.name }
    const id = await importArchive(database, archive, { source, password, target, files, now: new Date() })
    const opened = { source, password, manifest: archive.manifest }
    const found = await diffArchive(database, opened, { workspaceId: id, samples: 3 })
    expect(found.tables.filter(({ effect }) => effect !== null)).toEqual([])
    expect(found).toMatchObject({ same: true, definitions: [], draftsNow: 0, files: { samples: [] } })
  })

  it('a patch is cut where it is too long for eyes', async () => {
    const id = await makeLogic('Long')
    const archive = await archiveOf(database, id)
    const text = `function long {\n${'  // a line that says nothing at all\n'.repeat(10_000)}}\n`
    await addConstructs(database, id, [{ kind: 'function', name: 'long', text }])
    const [long] = (await diff(archive, id)).definitions
    expect(long?.patch?.length).toBeLessThan(200_100)
    expect(long?.patch?.endsWith('\n…\n')).toBe(true)
  })

  it('stored files, by address and content', async () => {
    const id = await makeWorkspace(database, 'Files', [])
    for (const name of ['same.txt', 'changed.txt', 'gone.txt']) await addFile(id, name)
    const archive = await archiveOf(database, id, { files })
    await query(`update metadeck.file set sha256 = repeat('0', 64) where workspace_id = ${id} and name = 'changed.txt'`)
    await query(`delete from metadeck.file where workspace_id = ${id} and name = 'gone.txt'`)
    await addFile(id, 'late.txt')
    const found = await diff(archive, id)
    expect(found.same).toBe(false)
    expect(found.files).toMatchObject({ added: 1, changed: 1, removed: 1, same: 1 })
    expect(found.files.samples.map(({ name, effect }) => `${effect} ${name}`).toSorted()).toEqual([
      'added gone.txt',
      'changed changed.txt',
      'removed late.txt',
    ])
    const without = await diff(await archiveOf(database, id), id)
    expect(without.files).toEqual({ added: 0, changed: 0, removed: 0, same: 3, samples: [] })
  })

  async function addFile(workspaceId: number, name: string): Promise<void> {
    const bytes = Buffer.from(`content of ${name}`)
    const object = `w${workspaceId}-${name}`
    await files.write(object, Readable.from([bytes], { objectMode: false }))
    await database.db
      .insertInto('file')
      .values({
        workspace_id: workspaceId,
        name,
        type: 'attachment',
        mime: 'text/plain',
        access: 'private',
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        path: `/vault/${createHash('sha256').update(object).digest('hex')}/${name}`,
        object_name: object,
        meta: '{}',
        created_at: new Date(),
      })
      .execute()
  }
})
