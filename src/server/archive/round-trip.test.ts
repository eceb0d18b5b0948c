import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import {
  addGroup,
  archiveOf,
  fingerprint,
  makeOddWorkspace,
  makeWorkspace,
  sourceOf,
  userSchemas,
} from './archive-fixture.ts'
import { importArchive, type ImportTarget } from './import.ts'
import { verifyArchive } from './verify.ts'

describe('an archive', () => {
  let database: TestDatabase
  let odd: number

  beforeAll(async () => {
    database = await createTestDatabase()
    odd = await makeOddWorkspace(database)
  })
  afterAll(() => database.close())

  async function restore(bytes: Buffer, target: ImportTarget, password = ''): Promise<number> {
    const source = sourceOf(bytes)
    const archive = await verifyArchive(source, password)
    return importArchive(database, archive, { source, password, target, now: new Date() })
  }

  it.each([
    ['without a password', ''],
    ['with a password', 'pässwörd ☕'],
  ])('brings a workspace with every column type and odd names back the same, %s', async (_how, password) => {
    const bytes = await archiveOf(database, odd, { password })
    const copy = await restore(bytes, { newWorkspace: `Copy ${password}` }, password)
    const [before, after] = [await fingerprint(database, odd), await fingerprint(database, copy)]
    expect(after).toEqual(before)
  })

  it('gives the same archive again when what it restored is written', async () => {
    const first = await verifyArchive(sourceOf(await archiveOf(database, odd)), '')
    const copy = await restore(await archiveOf(database, odd), { newWorkspace: 'Again' })
    const second = await verifyArchive(sourceOf(await archiveOf(database, copy)), '')
    const rows = ({ manifest }: typeof first): unknown =>
      manifest.members.filter(({ name }) => name.startsWith('rows/'))
    expect(rows(second)).toEqual(rows(first))
    expect(second.manifest.counts).toMatchObject({ tables: 6, rows: first.manifest.counts.rows, apiGroups: 2 })
  })

  it('replaces a workspace: its name and the ids of tables of the same name stay, all else is the archive', async () => {
    const target = await makeWorkspace(database, 'Target', [
      { name: 'con', columns: [{ name: 'id', type: 'int' }] },
      { name: 'gone', columns: [{ name: 'id', type: 'int' }] },
    ])
    await addGroup(database, target, 'PUBLIC')
    await addGroup(database, target, 'gone')
    const ids = await tableIds(target)
    await restore(await archiveOf(database, odd), { workspaceId: target })
    expect(await fingerprint(database, target)).toEqual(await fingerprint(database, odd))
    expect((await tableIds(target)).get('con')).toBe(ids.get('con'))
    expect((await tableIds(target)).has('gone')).toBe(false)
    const row = await database.db.selectFrom('workspace').select('name').where('id', '=', target).executeTakeFirst()
    expect(row?.name).toBe('Target')
  })

  it('leaves no schema behind but those of the workspaces', async () => {
    const workspaces = await database.db.selectFrom('workspace').select('id').execute()
    expect(await userSchemas(database)).toEqual(workspaces.map(({ id }) => `w${id}_live`).toSorted())
  })

  it('gives a canonical that another workspace has a new one, and keeps a free one', async () => {
    const source = await makeWorkspace(database, 'Canonicals', [])
    await addGroup(database, source, 'Taken', 'taken123')
    const bytes = await archiveOf(database, source)
    const copy = await restore(bytes, { newWorkspace: 'Canonicals copy' })
    expect(await canonicals(copy)).not.toEqual(['taken123'])
    await restore(bytes, { workspaceId: source })
    expect(await canonicals(source)).toEqual(['taken123'])
  })

  it('made without rows restores empty tables into a new workspace and refuses to empty one that has tables', async () => {
    const bytes = await archiveOf(database, odd, { includesRows: false })
    const copy = await restore(bytes, { newWorkspace: 'Definitions' })
    const print = await fingerprint(database, copy)
    expect(print['definitions']).toEqual((await fingerprint(database, odd))['definitions'])
    expect(Object.values(print['rows'] as object).every((table: { count: number }) => table.count === 0)).toBe(true)
    await expect(restore(bytes, { workspaceId: odd })).rejects.toMatchObject({
      code: 'conflict',
      payload: { reason: 'definitions_only' },
    })
  })

  async function tableIds(workspaceId: number): Promise<Map<string, number>> {
    const rows = await database.db
      .selectFrom('table_definition')
      .select(['id', 'name'])
      .where('workspace_id', '=', workspaceId)
      .execute()
    return new Map(rows.map(({ id, name }) => [name, id]))
  }

  async function canonicals(workspaceId: number): Promise<string[]> {
    const rows = await database.db
      .selectFrom('api_group')
      .select('canonical')
      .where('workspace_id', '=', workspaceId)
      .execute()
    return rows.map(({ canonical }) => canonical)
  }
})
