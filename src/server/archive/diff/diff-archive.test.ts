import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ArchiveDiff, TableDiff } from '#api/contract/diffs.ts'

import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { archiveOf, makeOddWorkspace, makeWorkspace, sourceOf, type TestTable } from '../archive-fixture.ts'
import { importArchive } from '../import.ts'
import { verifyArchive } from '../verify.ts'
import { diffArchive, type DiffRequest } from './diff-archive.ts'

const ID = { name: 'id', type: 'int' } as const
const NOTHING = { added: 0, changed: 0, removed: 0 }

describe('what a restore would change: rows and tables', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  async function query(text: string): Promise<void> {
    await database.pool.query(text)
  }

  async function diff(
    bytes: Buffer,
    workspaceId: number,
    request: Partial<DiffRequest> = {},
    password = '',
  ): Promise<ArchiveDiff> {
    const { manifest } = await verifyArchive(sourceOf(bytes), password)
    const opened = { source: sourceOf(bytes), password, manifest }
    return diffArchive(database, opened, { workspaceId, samples: 3, ...request })
  }

  function tableIn({ tables }: ArchiveDiff, name: string): TableDiff {
    const found = tables.find(({ table }) => table === name)
    if (found === undefined) throw new Error(`no table ${name}`)
    return found
  }

  /** A table `orders` with this many rows. */
  async function makeShop(rows: number, columns: TestTable['columns'] = []): Promise<number> {
    const id = await makeWorkspace(database, 'Shop', [
      {
        name: 'orders',
        columns: [ID, { name: 'created_at', type: 'timestamp' }, { name: 'note', type: 'text' }, ...columns],
      },
    ])
    await query(
      `insert into w${id}_live.orders (created_at, note)
       select '2026-01-01'::timestamptz + n * interval '1 minute', 'note "' || n || E'",\\nand more'
       from generate_series(1, ${rows}) n`,
    )
    return id
  }

  it('nothing, for every type of column and the oddest values', async () => {
    const id = await makeOddWorkspace(database)
    const found = await diff(await archiveOf(database, id), id)
    expect(found.tables.filter(({ effect }) => effect !== null)).toEqual([])
    expect(found).toMatchObject({ same: true, definitions: [], draftsNow: 0 })
    expect(tableIn(found, 'every type')).toMatchObject({ ...NOTHING, effect: null, samples: { changed: [] } })
    expect(tableIn(found, 'every type').same).toBeGreaterThan(40)
  })

  it('rows that were inserted, updated and deleted since, each counted and shown', async () => {
    const id = await makeShop(5_000)
    const archive = await archiveOf(database, id, { password: 'secret word' })
    await query(`delete from w${id}_live.orders where id in (1, 2500, 5000)`)
    await query(`update w${id}_live.orders set note = 'other' where id in (2, 2501, 4999)`)
    await query(`insert into w${id}_live.orders (id, created_at, note) values
      (0, null, 'first'), (-7, '2026-02-03 04:05:06.789Z', 'negative'), (10000, '2026-01-01', 'last')`)
    const found = await diff(archive, id, {}, 'secret word')
    const orders = tableIn(found, 'orders')
    expect(found.same).toBe(false)
    expect(orders).toMatchObject({ effect: 'changed', added: 3, changed: 3, removed: 3, same: 4_994, fields: [] })
    expect(orders.newestRemovedAt).toBe('2026-02-03T04:05:06.789Z')
    expect(orders.samples.added.map((sample) => sample.id)).toEqual(['1', '2500', '5000'])
    expect(orders.samples.removed.map((sample) => sample.id)).toEqual(['-7', '0', '10000'])
    expect(orders.samples.changed[0]).toEqual({
      id: '2',
      inArchive: { note: 'note "2",\nand more', created_at: '2026-01-01 00:02:00+00' },
      now: { note: 'other', created_at: '2026-01-01 00:02:00+00' },
    })
  })

  it('of a table with 100,000 rows one that was changed, and nothing else', async () => {
    const id = await makeShop(100_000)
    const archive = await archiveOf(database, id)
    await query(`update w${id}_live.orders set note = note || '!' where id = 77777`)
    const orders = tableIn(await diff(archive, id), 'orders')
    expect(orders).toMatchObject({ ...NOTHING, changed: 1, same: 99_999, samples: { changed: [{ id: '77777' }] } })
  })

  it('every row, where all of them were written again', async () => {
    const id = await makeShop(3_000)
    const archive = await archiveOf(database, id)
    await query(`update w${id}_live.orders set note = upper(note)`)
    expect(tableIn(await diff(archive, id), 'orders')).toMatchObject({ ...NOTHING, changed: 3_000, same: 0 })
  })

  it('rows of tables that have uuids', async () => {
    const id = await makeWorkspace(database, 'Uuids', [
      {
        name: 'con',
        columns: [
          { name: 'id', type: 'uuid' },
          { name: 'code', type: 'text' },
        ],
      },
    ])
    await query(`insert into w${id}_live.con (code) select n::text from generate_series(1, 1000) n`)
    const archive = await archiveOf(database, id)
    await query(`delete from w${id}_live.con where code like '7%'`)
    await query(`insert into w${id}_live.con (code) values ('new')`)
    expect(tableIn(await diff(archive, id), 'con')).toMatchObject({ added: 111, changed: 0, removed: 1, same: 889 })
  })

  it('columns that were added, removed and retyped: rows are compared by those that both sides have', async () => {
    const id = await makeShop(100, [
      { name: 'amount', type: 'int' },
      { name: 'state', type: 'text', nullable: true },
    ])
    const archive = await archiveOf(database, id)
    await query(`alter table w${id}_live.orders drop column state, add column extra text`)
    await query(`alter table w${id}_live.orders alter column amount type text using amount::text`)
    await query(`update w${id}_live.orders set extra = 'x' where id <= 40`)
    await query(`update w${id}_live.orders set note = 'other' where id = 50`)
    await query(`update metadeck.table_definition set columns = jsonb_path_query_array(
        jsonb_set(columns, '{3,type}', '"text"'), '$[*] ? (@.name != "state")'
      ) || jsonb_build_array(jsonb_set(columns->4, '{name}', '"extra"')) where workspace_id = ${id}`)
    const orders = tableIn(await diff(archive, id), 'orders')
    expect(orders).toMatchObject({ effect: 'changed', ...NOTHING, changed: 1, same: 99 })
    expect(orders.fields.map(({ name, effect, values }) => [name, effect, values])).toEqual([
      ['extra', 'removed', 40],
      ['amount', 'changed', null],
      ['state', 'added', null],
    ])
    expect(orders.fields[1]?.detail).toBe('text → int')
    expect(Object.keys(orders.samples.changed[0]?.now ?? {})).toEqual(['note', 'created_at', 'amount'])
  })

  it('passwords and what is not public are never shown', async () => {
    const id = await makeShop(3, [
      { name: 'password', type: 'password' },
      { name: 'hidden', type: 'text', access: 'private' },
      { name: 'iban', type: 'text', sensitive: true },
    ])
    await query(`update w${id}_live.orders set password = 'hash-1', hidden = 'hide-1', iban = 'iban-1'`)
    const archive = await archiveOf(database, id)
    await query(`update w${id}_live.orders set password = 'hash-2', hidden = 'hide-2', iban = 'iban-2'`)
    const found = await diff(archive, id)
    expect(JSON.stringify(found)).not.toMatch(/hash-|hide-|iban-/)
    expect(tableIn(found, 'orders').samples.changed[0]?.now).toMatchObject({ password: '••••', iban: '••••' })
  })

  it('tables that were added, removed and renamed', async () => {
    const table = (name: string): TestTable => ({ name, columns: [ID, { name: 'created_at', type: 'timestamp' }] })
    const id = await makeWorkspace(database, 'Tables', ['gone', 'old', 'stays'].map(table))
    for (const name of ['gone', 'old', 'stays']) {
      await query(`insert into w${id}_live.${name} (created_at) select '2026-05-05Z' from generate_series(1, 10)`)
    }
    const archive = await archiveOf(database, id)
    await query(`drop table w${id}_live.gone`)
    await query(`delete from metadeck.table_definition where workspace_id = ${id} and name = 'gone'`)
    await query(`alter table w${id}_live.old rename to renamed`)
    await query(`update metadeck.table_definition set name = 'renamed' where workspace_id = ${id} and name = 'old'`)
    const other = await makeWorkspace(database, 'Other', [table('late')])
    await query(`alter table w${other}_live.late set schema w${id}_live`)
    await query(`update metadeck.table_definition set workspace_id = ${id} where workspace_id = ${other}`)
    await query(`insert into w${id}_live.late (created_at) select '2026-06-06Z' from generate_series(1, 7)`)
    const { tables } = await diff(archive, id)
    expect(tables.map(({ table: name, effect }) => [name, effect])).toEqual([
      ['late', 'removed'],
      ['old', 'changed'],
      ['gone', 'added'],
      ['stays', null],
    ])
    const [late, old, gone] = tables
    expect(late).toMatchObject({ ...NOTHING, removed: 7, same: 0, newestRemovedAt: '2026-06-06T00:00:00.000Z' })
    expect(late?.samples.removed).toHaveLength(3)
    expect(old).toMatchObject({ ...NOTHING, same: 10, fields: [{ name: 'name', detail: 'renamed → old' }] })
    expect(gone).toMatchObject({ ...NOTHING, added: 10, same: 0 })
    expect(gone?.samples.added).toHaveLength(3)
  })

  it('of chosen tables only, named without regard to case', async () => {
    const tables = ['a', 'b'].map((name): TestTable => ({ name, columns: [ID] }))
    const id = await makeWorkspace(database, 'Chosen', tables)
    const archive = await archiveOf(database, id)
    await query(`insert into w${id}_live.a default values`)
    await query(`update metadeck.workspace set description = 'other' where id = ${id}`)
    const found = await diff(archive, id, { tables: ['B'] })
    expect(found).toMatchObject({ same: true, definitions: [], tables: [{ table: 'b', effect: null }] })
    expect((await diff(archive, id, { tables: ['a'] })).same).toBe(false)
    await expect(diff(archive, id, { tables: ['a', 'nowhere'] })).rejects.toMatchObject({
      code: 'invalid_input',
      payload: { param: 'tables' },
    })
  })

  it('ids of another type leave no row in its place', async () => {
    const table = (type: 'int' | 'uuid'): TestTable => ({ name: 'x', columns: [{ name: 'id', type }] })
    const before = await makeWorkspace(database, 'Ints', [table('int')])
    const after = await makeWorkspace(database, 'Uuid ids', [table('uuid')])
    await query(`insert into w${before}_live.x select from generate_series(1, 4)`)
    await query(`insert into w${after}_live.x select from generate_series(1, 6)`)
    expect(tableIn(await diff(await archiveOf(database, before), after), 'x')).toMatchObject({
      added: 4,
      changed: 0,
      removed: 6,
      same: 0,
    })
  })

  it('without rows in the archive nothing is said of rows', async () => {
    const id = await makeShop(3)
    const found = await diff(await archiveOf(database, id, { includesRows: false }), id)
    expect(found).toMatchObject({
      same: true,
      tables: [{ table: 'orders', effect: null, added: null, changed: null, removed: null, same: null }],
    })
  })

  it('of an archive whose rows have no order the same is found', async () => {
    const old = readFileSync(new URL('../fixtures/format-1.xano', import.meta.url))
    const archive = await verifyArchive(sourceOf(old), '')
    const target = { newWorkspace: 'Old shop' }
    const now = new Date()
    const id = await importArchive(database, archive, { source: sourceOf(old), password: '', target, now })
    expect(archive.manifest.tables[0]?.rows[0]?.order).toBeUndefined()
    expect((await diff(old, id)).tables.map(({ effect }) => effect)).toEqual([null, null])
    await query(`update w${id}_live.customer set email = 'x' where id = 1`)
    await query(`delete from w${id}_live."order" where id = 2`)
    await query(`insert into w${id}_test.customer (id, email) values (8, 'late')`)
    const found = await diff(old, id)
    expect(tableIn(found, 'customer')).toMatchObject({ added: 0, changed: 1, removed: 1, same: 2 })
    expect(tableIn(found, 'order')).toMatchObject({ added: 1, changed: 0, removed: 0, same: 2 })
  })

  it('rows of data sources that one side does not have', async () => {
    const id = await makeShop(3)
    const archive = await archiveOf(database, id)
    await query(`create schema w${id}_test`)
    await query(`create table w${id}_test.orders (like w${id}_live.orders including all)`)
    await query(`insert into w${id}_test.orders (id, note) values (1, 'x')`)
    await query(`insert into metadeck.data_source values (${id}, 'test', '#000000', now())`)
    const found = await diff(archive, id)
    expect(tableIn(found, 'orders')).toMatchObject({ ...NOTHING, removed: 1, same: 3 })
    expect(found.definitions).toEqual([{ kind: 'data_source', name: 'test', effect: 'removed', patch: null }])
    const withTest = await archiveOf(database, id)
    await query(`delete from metadeck.data_source where workspace_id = ${id} and label = 'test'`)
    expect(tableIn(await diff(withTest, id), 'orders')).toMatchObject({ ...NOTHING, added: 1, same: 3 })
  })

  it('a member that is not what the manifest says is refused', async () => {
    const id = await makeShop(50)
    const bytes = await archiveOf(database, id)
    const { manifest } = await verifyArchive(sourceOf(bytes), '')
    const members = manifest.members.map((member) =>
      member.name.startsWith('rows/') ? { ...member, sha256: createHash('sha256').update('x').digest('hex') } : member,
    )
    const opened = { source: sourceOf(bytes), password: '', manifest: { ...manifest, members } }
    await expect(diffArchive(database, opened, { workspaceId: id, samples: 3 })).rejects.toMatchObject({
      code: 'bad_archive',
    })
  })

  it('stops at once when it is told to, and gives its connections back', async () => {
    const id = await makeShop(30_000)
    const bytes = await archiveOf(database, id)
    const { manifest } = await verifyArchive(sourceOf(bytes), '')
    const controller = new AbortController()
    const reason = new Error('enough')
    let opened = 0
    /** The second time it is read for its rows: halfway, everything is under way. */
    const pieces = async function* (): AsyncGenerator<Buffer> {
      opened += 1
      for (let at = 0; at < bytes.length; at += 2_000) {
        if (opened === 2 && at > bytes.length / 2) controller.abort(reason)
        yield bytes.subarray(at, at + 2_000)
      }
    }
    const source = { open: () => Promise.resolve(Readable.from(pieces(), { objectMode: false, highWaterMark: 1 })) }
    const request = { workspaceId: id, samples: 3, signal: controller.signal }
    await expect(diffArchive(database, { source, password: '', manifest }, request)).rejects.toBe(reason)
    expect(database.pool.totalCount - database.pool.idleCount).toBe(0)
    const copies = `select from pg_stat_activity where datname = current_database() and query like 'copy %' and state = 'active'`
    await expect.poll(async () => (await database.pool.query(copies)).rowCount).toBe(0)
  })
})
