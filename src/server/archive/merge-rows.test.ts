import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { AppError } from '../errors.ts'
import { readNextId } from '../tables/ddl.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, makeWorkspace, sourceOf, type TestTable } from './archive-fixture.ts'
import type { ImportOutcome, TableChoice } from './import-request.ts'
import { importArchive } from './import.ts'
import { verifyArchive } from './verify.ts'

const ID = { name: 'id', type: 'int' } as const
const UNIQUE_CODE = [{ type: 'unique' as const, fields: [{ name: 'code' }] }]

/** A tree of rows; `columns` stand behind what both sides have. */
function tree(columns: TestTable['columns'] = [], indexes: TestTable['indexes'] = []): TestTable {
  const both = [
    ID,
    { name: 'code', type: 'text', nullable: true },
    { name: 'parent_id', type: 'int', table: 'nodes' },
  ] satisfies TestTable['columns']
  return { name: 'nodes', columns: [...both, ...columns], indexes }
}

/** What a row holds; `own` is a column that only the target has. */
interface Row {
  code: string | null
  parent: number | null
  own: number
}
type Rows = Map<number, Row>

describe('merging rows of an archive into a table', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  const run = (text: string, values: unknown[] = []): Promise<unknown> => database.pool.query(text, values)
  const rowsOf = async (text: string): Promise<unknown[]> => (await database.pool.query<object>(text)).rows

  /** Merges rows of these tables into the workspace. */
  async function merge(
    bytes: Buffer,
    workspaceId: number,
    tables: Omit<TableChoice, 'removesMissing'>,
    tell: (outcome: ImportOutcome) => void = () => undefined,
  ) {
    const archive = await verifyArchive(sourceOf(bytes), '')
    const request = { source: sourceOf(bytes), password: '', target: { workspaceId }, now: new Date() }
    return importArchive(database, archive, {
      ...request,
      tables: { ...tables, removesMissing: false },
      beforeCommit: async (_db, _id, outcome) => tell(outcome),
    })
  }

  async function fill(id: number, rows: Rows, own: boolean): Promise<void> {
    await run(`truncate w${id}_live.nodes restart identity`)
    const texts = [...rows].map(
      ([key, row]) =>
        `(${key}, ${row.code === null ? 'null' : `'${row.code}'`}, ${row.parent}${own ? `, ${row.own}` : ''})`,
    )
    if (texts.length === 0) return
    await run(`insert into w${id}_live.nodes (id, code, parent_id${own ? ', own' : ''}) values ${texts.join(', ')}`)
  }

  /** What a merge comes to, or why it must be refused. */
  function model(live: Rows, archived: Rows, mode: string, ids: number[] | undefined): Rows | Set<string> {
    if (ids?.some((id) => !archived.has(id)) === true) return new Set(['missing_rows'])
    const chosen = [...archived].filter(([id]) => ids?.includes(id) ?? true)
    const after: Rows = new Map(live)
    const touched: Row[] = []
    for (const [id, row] of chosen) {
      const now = live.get(id)
      if (now !== undefined && mode === 'missing') continue
      after.set(id, { ...row, own: now?.own ?? 5 })
      touched.push(row)
    }
    const reasons = new Set<string>()
    const codes = [...after.values()].flatMap(({ code }) => code ?? [])
    if (new Set(codes).size < codes.length) reasons.add('duplicate_rows')
    if (touched.some(({ parent }) => parent !== null && !after.has(parent))) reasons.add('dangling_rows')
    return reasons.size === 0 ? after : reasons
  }

  const KEYS = [1, 2, 3, 4, 5]
  const key = fc.constantFrom(...KEYS)
  const rowArbitrary = fc.record({
    code: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
    parent: fc.option(key),
    own: fc.constantFrom(5, 6, 7),
  })
  /** A table as it can be: codes are unique, and who has a parent finds it. */
  const rowsArbitrary = fc.dictionary(key.map(String), rowArbitrary).map((dictionary): Rows => {
    const codes = new Set<string>()
    return new Map(
      Object.entries(dictionary).map(([id, row]) => {
        const code = row.code === null || codes.has(row.code) ? null : row.code
        if (code !== null) codes.add(code)
        const parent = row.parent !== null && String(row.parent) in dictionary ? row.parent : null
        return [Number(id), { ...row, code, parent }]
      }),
    )
  })

  it(
    'comes to what the model says, or is refused for its reason and changes nothing',
    { timeout: 60_000 },
    async () => {
      const from = await makeWorkspace(database, 'Model from', [tree([{ name: 'old', type: 'text', nullable: true }])])
      const own = { name: 'own', type: 'int', required: true, default: '5' } as const
      const to = await makeWorkspace(database, 'Model to', [tree([own], UNIQUE_CODE)])
      const definition = (await listDefinitions(database.db, to))[0]
      if (definition === undefined) throw new Error('no table')
      const outcomes = new Set<string>()
      const mode = fc.constantFrom('missing' as const, 'missing_and_changed' as const)
      const ids = fc.option(fc.uniqueArray(key, { minLength: 1 }), { nil: undefined })
      const check = async (
        live: Rows,
        archived: Rows,
        rows: 'missing' | 'missing_and_changed',
        only: number[] | undefined,
      ) => {
        await fill(from, archived, false)
        await fill(to, live, true)
        const expected = model(live, archived, rows, only)
        const rowIds = only === undefined ? undefined : { nodes: only }
        const refusal = await merge(await archiveOf(database, from), to, { names: ['nodes'], rows, rowIds }).then(
          () => null,
          (error: unknown) => (error instanceof AppError ? String(error.payload?.['reason']) : error),
        )
        const after = await rowsOf(`select id, code, parent_id as parent, own from w${to}_live.nodes order by id`)
        const wanted = expected instanceof Map ? expected : live
        expect(after).toEqual([...wanted].toSorted(([a], [b]) => a - b).map(([id, row]) => ({ id, ...row })))
        if (expected instanceof Map) {
          expect(refusal).toBeNull()
          const highest = Math.max(0, ...[...archived.keys()].filter((id) => only?.includes(id) ?? true))
          expect(await readNextId(database.db, `w${to}_live`, definition)).toBeGreaterThan(highest)
        } else expect([...expected]).toContain(refusal)
        outcomes.add(refusal === null ? 'merged' : String(refusal))
      }
      await fc.assert(fc.asyncProperty(rowsArbitrary, rowsArbitrary, mode, ids, check), {
        numRuns: 30,
        examples: [
          // Two rows that have exchanged what must be unique.
          [
            new Map([
              [1, coded('a')],
              [2, coded('b')],
            ]),
            new Map([
              [1, coded('b')],
              [2, coded('a')],
            ]),
            'missing_and_changed',
            undefined,
          ],
          [new Map([[3, coded('a')]]), new Map([[1, coded('a')]]), 'missing', undefined],
          [
            new Map(),
            new Map([
              [1, coded(null)],
              [2, { ...coded(null), parent: 1 }],
            ]),
            'missing',
            [2],
          ],
        ],
      })
      expect([...outcomes].toSorted()).toEqual(expect.arrayContaining(['dangling_rows', 'duplicate_rows', 'merged']))
    },
  )

  function coded(code: string | null): Row {
    return { code, parent: null, own: 5 }
  }

  const TWO: TestTable[] = [
    { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
    { name: 'orders', columns: [ID, { name: 'user_id', type: 'int', table: 'users' }] },
  ]

  async function makeTwo(name: string): Promise<{ id: number; bytes: Buffer }> {
    const id = await makeWorkspace(database, name, TWO)
    await run(`insert into w${id}_live.users (name) select 'old' from generate_series(1, 5)`)
    await run(`insert into w${id}_live.orders (user_id) select n from generate_series(1, 5) n`)
    return { id, bytes: await archiveOf(database, id) }
  }

  it('says how many rows refer to nothing, one or several, and takes them where their targets come along', async () => {
    const { id, bytes } = await makeTwo('Dangling')
    await run(`delete from w${id}_live.orders where id > 3`)
    await run(`delete from w${id}_live.users where id = 5`)
    const rows = 'missing' as const
    await expect(merge(bytes, id, { names: ['orders'], rows })).rejects.toMatchObject({
      code: 'conflict',
      message:
        '1 row of the backup for "orders" refers by "user_id" to rows of "users" that are not there. Choose "users" too. Nothing was changed.',
      payload: { reason: 'dangling_rows', table: 'orders', column: 'user_id', count: 1 },
    })
    await run(`delete from w${id}_live.users where id = 4`)
    await expect(merge(bytes, id, { names: ['orders'], rows })).rejects.toMatchObject({
      message: expect.stringMatching(/^2 rows of the backup for "orders" refer by/),
    })
    await merge(bytes, id, { names: ['orders', 'users'], rows })
    expect(await rowsOf(`select id, user_id from w${id}_live.orders order by id`)).toHaveLength(5)
    await expect(run(`delete from w${id}_live.users where id = 5`)).rejects.toMatchObject({ code: '23503' })
  })

  it('replaces a row that others refer to without touching them', async () => {
    const { id, bytes } = await makeTwo('Referred')
    await run(`update w${id}_live.users set name = 'new'`)
    await merge(bytes, id, { names: ['users'], rows: 'missing_and_changed', rowIds: { USERS: ['2'] } })
    expect(await rowsOf(`select name, count(*) as count from w${id}_live.users group by 1 order by 1`)).toEqual([
      { name: 'new', count: 4 },
      { name: 'old', count: 1 },
    ])
    expect(await rowsOf(`select count(*) as count from w${id}_live.orders`)).toEqual([{ count: 5 }])
  })

  it('makes a table that the target lacks, with its references to a table that rows are merged into', async () => {
    const { bytes } = await makeTwo('Lacks source')
    const id = await makeWorkspace(database, 'Lacks', TWO.slice(0, 1))
    await merge(bytes, id, { names: ['users', 'orders'], rows: 'missing', rowIds: { orders: [2, 3] } })
    expect(await rowsOf(`select id, user_id from w${id}_live.orders order by id`)).toEqual([
      { id: 2, user_id: 2 },
      { id: 3, user_id: 3 },
    ])
    await run(`insert into w${id}_live.orders (user_id) values (1)`)
    await expect(run(`insert into w${id}_live.orders (user_id) values (99)`)).rejects.toMatchObject({ code: '23503' })
  })

  it('turns values into the types of now, keeps columns that only the target has, and refuses what does not fit', async () => {
    const text = (name: string, more = {}) => ({ name, type: 'text' as const, nullable: true, ...more })
    const from = await makeWorkspace(database, 'Types from', [
      { name: 't', columns: [ID, text('n'), text('gone'), { name: 'j', type: 'json', nullable: true }] },
      { name: 'u', columns: [{ name: 'id', type: 'uuid' }] },
    ])
    await run(`insert into w${from}_live.t (n, gone) values ('41', 'x'), ('42', 'y')`)
    const bytes = await archiveOf(database, from)
    const into = async (...columns: TestTable['columns']) => {
      const id = await makeWorkspace(database, 'Types to', [{ name: 't', columns: [ID, ...columns] }])
      await run(`insert into w${id}_live.t (id) values (1)`).catch(() => undefined)
      return id
    }
    const changed = { names: ['t'], rows: 'missing_and_changed' as const, dropColumns: true }
    const number = await into({ name: 'n', type: 'int', nullable: true }, { name: 'own', type: 'int', default: '7' })
    await run(`update w${number}_live.t set own = 8`)
    await merge(bytes, number, changed)
    expect(await rowsOf(`select * from w${number}_live.t order by id`)).toEqual([
      { id: 1, n: 41, own: 8 },
      { id: 2, n: 42, own: 7 },
    ])
    const refused = (id: number, said: object, choice: Omit<TableChoice, 'removesMissing'> = changed): Promise<void> =>
      expect(merge(bytes, id, choice)).rejects.toMatchObject(said)
    const telling = (part: string): object => ({ message: expect.stringContaining(part) as unknown })
    await refused(await into(text('n', { type: 'uuid' })), { payload: { reason: 'values', columns: [] } })
    await refused(
      await into({ name: 'j', type: 'int' }),
      telling('"j" is of another type in the backup than now. Change the table first, or replace it.'),
    )
    const must = text('must', { nullable: false, type: 'uuid', required: true })
    await refused(await into(must), telling('"must" is required now'))
    const few = text('n', { type: 'enum', values: ['41'] })
    await refused(await into(few), telling('has a value in "n" of "t" that is not allowed there now'))
    const ids = await makeWorkspace(database, 'Ids', [{ name: 'u', columns: [ID] }])
    const ofIds = telling('its ids are of the type uuid in the backup and int now')
    await refused(ids, ofIds, { names: ['u'], rows: 'missing' })
    const noId = { code: 'invalid_input', payload: { param: 'rowIds.t.0' } }
    await refused(number, noId, { ...changed, rowIds: { t: ['x'] } })
  })

  it('refuses to leave values behind of a column that was renamed or dropped since, unless that is asked for', async () => {
    const text = (name: string) => ({ name, type: 'text' as const, nullable: true })
    const id = await makeWorkspace(database, 'Renamed', [{ name: 't', columns: [ID, text('a'), text('b'), text('c')] }])
    await run(`insert into w${id}_live.t (a, b) values ('a1', 'b1'), ('a2', null), ('a3', 'b3')`)
    const bytes = await archiveOf(database, id)
    const now = await makeWorkspace(database, 'Renamed now', [{ name: 't', columns: [ID, text('a'), text('bb')] }])
    await run(`insert into w${now}_live.t (a) values ('a1'), ('a2')`)
    const choice = { names: ['t'], rows: 'missing' as const }
    const lost = {
      code: 'conflict',
      message: expect.stringMatching(/^1 row of the backup for "t" has a value in "b", .+dropColumns: true/) as unknown,
      payload: { reason: 'columns', table: 't', columns: ['b'], count: 1 },
    }
    await expect(merge(bytes, now, choice)).rejects.toMatchObject(lost)
    expect(await rowsOf(`select from w${now}_live.t`)).toHaveLength(2)
    // What has no value there, and what would not be written, loses nothing.
    await merge(bytes, now, { ...choice, rowIds: { t: [1, 2] } })
    await merge(bytes, now, { ...choice, rows: 'missing_and_changed', rowIds: { t: [1, 2] } })
    await run(`update w${now}_live.t set a = 'changed'`)
    await merge(bytes, now, { ...choice, rows: 'missing_and_changed', rowIds: { t: [2] } })
    const changed = { ...choice, rows: 'missing_and_changed' as const }
    await expect(merge(bytes, now, changed)).rejects.toMatchObject({
      message: expect.stringMatching(/^2 rows of the backup for "t" have values in "b", /) as unknown,
      payload: { count: 2 },
    })
    await merge(bytes, now, { ...changed, dropColumns: true })
    expect(await rowsOf(`select a, bb from w${now}_live.t order by id`)).toEqual(
      ['a1', 'a2', 'a3'].map((a) => ({ a, bb: null })),
    )
  })

  it('counts of each table the rows that were added, overwritten, and left as they are', async () => {
    const { id, bytes } = await makeTwo('Counted')
    const told: unknown[] = []
    const count = async (rows: 'missing' | 'missing_and_changed', rowIds?: TableChoice['rowIds']): Promise<void> => {
      await run(`delete from w${id}_live.orders where id > 4`)
      await run(`update w${id}_live.users set name = 'new' where id <= 2`)
      await merge(bytes, id, { names: ['orders', 'users'], rows, rowIds }, ({ merged }) => told.push(merged))
    }
    await count('missing')
    await count('missing_and_changed')
    await count('missing_and_changed', { users: [2, 3] })
    const counts = (table: string, added: number, overwritten: number, same: number) => {
      return { table, added, overwritten, same }
    }
    expect(told).toEqual(
      [
        [counts('users', 0, 0, 5), counts('orders', 1, 0, 4)],
        [counts('users', 0, 2, 3), counts('orders', 1, 0, 4)],
        [counts('users', 0, 1, 1), counts('orders', 1, 0, 4)],
      ].map((tables) => expect.arrayContaining(tables) as unknown),
    )
  })

  it('waits for an edit that holds a row, which is then merged or kept whole', async () => {
    for (const [rows, name] of [
      ['missing', 'edited'],
      ['missing_and_changed', 'old'],
    ] as const) {
      const { id, bytes } = await makeTwo(`Edit ${rows}`)
      await run(`delete from w${id}_live.orders; delete from w${id}_live.users where id = 2`)
      const client = await database.pool.connect()
      await client.query('begin')
      await client.query(`select from w${id}_live.users where id = 1 for update`)
      const merging = merge(bytes, id, { names: ['users'], rows })
      const waiting = `select from pg_locks where not granted and relation = 'w${id}_live.users'::regclass`
      await expect.poll(() => rowsOf(waiting), { timeout: 5_000 }).toHaveLength(1)
      await client.query(`update w${id}_live.users set name = 'edited' where id = 1`)
      await client.query('commit')
      client.release()
      await merging
      expect(await rowsOf(`select name from w${id}_live.users where id = 1`)).toEqual([{ name }])
      expect(await rowsOf(`select from w${id}_live.users`)).toHaveLength(5)
    }
  })

  it('readers see none or all of it, of several tables at once', async () => {
    const { id, bytes } = await makeTwo('Readers')
    await run(`delete from w${id}_live.orders where id > 1; delete from w${id}_live.users where id > 1`)
    const seen = new Set<string>()
    const done = new AbortController()
    const read = async (): Promise<void> => {
      while (!done.signal.aborted || !seen.has('5 5')) {
        const [found] = await rowsOf(
          `select (select count(*) from w${id}_live.users) || ' ' || (select count(*) from w${id}_live.orders) as seen`,
        )
        seen.add((found as { seen: string }).seen)
      }
    }
    const reading = read()
    await merge(bytes, id, { names: ['orders', 'users'], rows: 'missing' })
    done.abort()
    await reading
    expect([...seen].toSorted()).toEqual(['1 1', '5 5'])
  })
})
