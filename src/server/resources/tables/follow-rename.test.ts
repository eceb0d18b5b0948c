import { createHash } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTable, deleteTable, updateTable, updateTableMeta } from '#api/contract/tables.ts'

import { type ConstructsTest, openConstructsTest } from '../constructs/constructs-fixture.ts'

let c$: ConstructsTest
let group = 0

beforeAll(async () => {
  c$ = await openConstructsTest()
  group = await c$.addGroup('shop')
})
afterAll(() => c$.test$.close())

const query = (name: string, auth: string) =>
  `// Who may\nquery ${name} verb=GET {\n  api_group = "shop"\n${auth}  input {}\n  stack {\n    db.query users {} as $x\n  }\n  response = null\n}\n`
const trigger = (name: string, table: string) =>
  `table_trigger ${name} {\n  table = "${table}"\n  input {}\n  stack {}\n}\n`

async function addTable(name: string): Promise<{ workspace_id: number; table_id: number }> {
  const { workspace_id } = c$
  const table = await c$.test$.call(createTable, { params: { workspace_id }, body: { name, auth: true } })
  return { workspace_id, table_id: table.id }
}

async function add(path: string, text: string): Promise<number> {
  const reply = await c$.raw('POST', path, { text })
  expect(reply).toMatchObject({ status: 200 })
  return Number(reply.body['id'])
}

const stored = (id: number) =>
  c$.test$.database.db
    .selectFrom('construct')
    .select(['text', 'draft', 'checksum', 'updated_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

test('a renamed table keeps its name in queries and triggers, published and drafts, in every branch', async () => {
  const params = await addTable('users')
  await addTable('others')
  const texts = {
    mine: query('mine', '  auth = "Users"\n'),
    free: query('free', ''),
    other: query('o', '  auth = others\n'),
  }
  const mine = await add(`/apigroup/${group}/api`, texts.mine)
  const free = await add(`/apigroup/${group}/api`, texts.free)
  const other = await add(`/apigroup/${group}/api`, texts.other)
  const listens = await add('/table/trigger', trigger('listens', 'users'))
  const draft = { text: query('other', '  auth = "users"\n') }
  expect(await c$.raw('PUT', `/apigroup/${group}/api/${other}?publish=false`, draft)).toMatchObject({ status: 200 })
  const branch_id = await c$.addBranch('next')
  const { db } = c$.test$.database
  const copied = await db.selectFrom('construct').selectAll().where('id', '=', listens).executeTakeFirstOrThrow()
  const { id: _id, ...copy } = { ...copied, branch_id, text: 'table_trigger broken {' }
  const broken = await db.insertInto('construct').values(copy).returning('id').executeTakeFirstOrThrow()
  const values = { ...copy, name: 'l2', guid: 'l2', text: copied.text }
  const elsewhere = await db.insertInto('construct').values(values).returning('id').executeTakeFirstOrThrow()
  const before = { free: await stored(free), other: await stored(other) }

  c$.test$.advance(60_000)
  await c$.test$.call(updateTable, { params, body: { name: 'my "members"' } })

  const expected = texts.mine.replace('"Users"', '"my \\"members\\""')
  const checksum = createHash('sha256').update(expected).digest('hex')
  expect(await stored(mine)).toMatchObject({ text: expected, checksum })
  expect(await stored(free)).toEqual(before.free)
  const drafted = draft.text.replace('"users"', '"my \\"members\\""')
  expect(await stored(other)).toMatchObject({ text: before.other.text, draft: drafted })
  for (const id of [listens, elsewhere.id]) {
    expect((await stored(id)).text).toBe(trigger('listens', 'my \\"members\\"'))
  }
  expect((await stored(broken.id)).text).toBe('table_trigger broken {')

  await c$.test$.call(updateTableMeta, { params, body: { name: 'MEMBERS' } })
  expect((await c$.raw('GET', `/apigroup/${group}/api/${mine}`)).body['auth']).toMatchObject({ name: 'MEMBERS' })
})

test('a rename that is refused renames nowhere', async () => {
  const params = await addTable('clients')
  await addTable('taken')
  const id = await add('/table/trigger', trigger('waits', 'clients'))
  await expect(c$.test$.call(updateTable, { params, body: { name: 'taken' } })).rejects.toMatchObject({ status: 400 })
  expect((await stored(id)).text).toContain('table = "clients"')
  await c$.test$.call(deleteTable, { params })
  expect((await stored(id)).text).toContain('table = "clients"')
})
