import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { addGroup, makeWorkspace, sourceOf } from './archive-fixture.ts'
import { importArchive, type ImportTarget } from './import.ts'
import { addConstructs, constructIds } from './logic-fixture.ts'
import { summaryOf } from './manifest.ts'
import { verifyArchive } from './verify.ts'

/** Written by the release before the one that knew constructs and files. */
const OLD = readFileSync(new URL('fixtures/format-1.xano', import.meta.url))

describe('an archive of format 1', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  async function restore(target: ImportTarget): Promise<number> {
    const archive = await verifyArchive(sourceOf(OLD), '')
    return importArchive(database, archive, { source: sourceOf(OLD), password: '', target, now: new Date() })
  }

  it('is still verified, and its summary says what it holds', async () => {
    const { manifest } = await verifyArchive(sourceOf(OLD), '')
    expect(summaryOf(manifest)).toMatchObject({ format: 1, workspace: 'Old shop', branch: 'v1', rows: 6, apiGroups: 1 })
    expect(summaryOf(manifest)).toMatchObject({ constructs: null, includesFiles: false, files: 0, filesLost: 0 })
    expect(manifest).toMatchObject({ constructs: [], files: [], includesFiles: false })
  })

  it('still restores tables, the rows of every data source, groups and settings', async () => {
    const id = await restore({ newWorkspace: 'Old shop again' })
    const query = async (text: string): Promise<unknown[]> => (await database.pool.query<object>(text)).rows
    expect(await query(`select email, tags from w${id}_live.customer order by id`)).toEqual([
      { email: 'ada@example.com', tags: ['vip', 'a, b'] },
      { email: 'bob@example.com', tags: null },
    ])
    const orders = `select customer_id, total::text, state from w${id}_live."order" order by id`
    expect(await query(orders)).toEqual([
      { customer_id: 1, total: '12.50', state: 'paid' },
      { customer_id: 2, total: '3', state: 'new' },
      { customer_id: 1, total: '0.01', state: 'new' },
    ])
    expect(await query(`select id, email from w${id}_test.customer`)).toEqual([{ id: 7, email: 'test@example.com' }])
    const groups = `select name, canonical, swagger from metadeck.api_group where workspace_id = ${id}`
    expect(await query(groups)).toEqual([{ name: 'Storefront', canonical: 'oldshop1', swagger: false }])
    const sources = `select label, color from metadeck.data_source where workspace_id = ${id} order by label`
    expect(await query(sources)).toEqual([
      { label: 'live', color: '#008000' },
      { label: 'test', color: '#123456' },
    ])
  })

  it('says nothing of constructs: those of the workspace stay, but for the endpoints of groups it does not have', async () => {
    const id = await makeWorkspace(database, 'Has constructs', [])
    for (const name of ['storefront', 'Public', 'Admin']) await addGroup(database, id, name)
    await addConstructs(database, id)
    const inGroup = { kind: 'query', name: 'kept', verb: 'GET', group: 'storefront', guid: 'kept', text: 'x' } as const
    await addConstructs(database, id, [inGroup])
    const before = await constructIds(database, id)
    await restore({ workspaceId: id })
    const after = await constructIds(database, id)
    expect(after.get('query kept')).toBe(before.get('query kept'))
    const lost = [...before.keys()].filter((key) => !after.has(key))
    expect(lost).toHaveLength(3)
    expect(lost.every((key) => key.startsWith('query '))).toBe(true)
  })
})
