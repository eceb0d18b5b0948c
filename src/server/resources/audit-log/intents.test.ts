import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { connect, type Connection } from '../../db/connection.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createAppend } from './append.ts'
import { createIntents, type Intents, type NewIntent } from './intents.ts'

let app: TestApp
const opened: { intents: Intents; connection: Connection }[] = []

beforeAll(async () => {
  app = await createTestApp()
})
afterEach(async () => {
  for (const { intents, connection } of opened.splice(0)) {
    await intents.close()
    await connection.close()
  }
})
afterAll(() => app.close())

/** Another process on the same database. */
function openProcess(): { intents: Intents; connection: Connection } {
  const connection = connect({ ...app.database.options, max: 2 })
  const process = { connection, intents: createIntents({ ...app.deps, connection }) }
  opened.push(process)
  return process
}

const intent = (action: string): NewIntent => ({
  at: app.deps.now(),
  actor_kind: 'session',
  actor_id: 7,
  actor_label: 'ann@example.com',
  person_id: 7,
  person_email: 'ann@example.com',
  workspace_id: 3,
  action,
  target: { kind: 'table', id: 4 },
  address: '::1',
  request_id: `request of ${action}`,
})
const query = async (text: string): Promise<Record<string, unknown>[]> => (await app.database.pool.query(text)).rows
const recorded = (action: string): Promise<Record<string, unknown>[]> =>
  query(`select * from metadeck.audit_record where action = '${action}' order by sequence`)
const kept = (): Promise<Record<string, unknown>[]> => query('select action from metadeck.audit_intent order by action')
/** As the database does when the process at the other end is gone. */
const cutLines = (): Promise<unknown> =>
  query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name = 'metadeck audit'`)

const lines = async (): Promise<number> =>
  (
    await query(`select pid from pg_stat_activity
      where datname = current_database() and application_name = 'metadeck audit'`)
  ).length

test('what a process that lives is about to do is left to it, by all others', async () => {
  const [one, other] = [openProcess(), openProcess()]
  await one.intents.begin(intent('living'))
  await other.intents.begin(intent('living'))
  await one.intents.settle()
  await other.intents.settle()
  expect([await recorded('living'), await kept()]).toEqual([[], [{ action: 'living' }, { action: 'living' }]])
})

test('what a process left that died is recorded once, however many look, and is found by the chain', async () => {
  const [dead, ...others] = [openProcess(), openProcess(), openProcess(), openProcess()]
  const begun = intent('dead')
  await Promise.all([begun, begun].map((item) => dead.intents.begin(item)))
  await cutLines()
  await Promise.all(others.map(({ intents }) => intents.settle()))
  const records = await recorded('dead')
  expect(records).toHaveLength(2)
  const { at, ...rest } = begun
  expect(records[0]).toMatchObject({
    ...rest,
    outcome: 'interrupted',
    detail: { reason: 'process_ended', begunAt: at.toISOString() },
    before: null,
    after: null,
  })
})

test('a process whose connection was lost goes on under its number, and what it had begun can still be done', async () => {
  const [one, other] = [openProcess(), openProcess()]
  const number = await one.intents.begin(intent('reconnected'))
  const process = one.intents.process()
  await cutLines()
  await one.intents.begin(intent('after'))
  expect(one.intents.process()).toBe(process)
  await other.intents.settle()
  expect(await recorded('reconnected')).toEqual([])
  const record = { ...intent('reconnected'), detail: {} }
  await createAppend(one.connection, one.intents)(record, number)
  expect(await recorded('reconnected')).toMatchObject([{ outcome: 'done' }])
  expect(await kept()).not.toContainEqual({ action: 'reconnected' })
})

test('a process has one connection for its intents, however often that is cut while it is at work', async () => {
  const { intents } = openProcess()
  await intents.begin(intent('cut'))
  const before = await lines()
  const stop = new AbortController()
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) await intents.begin(intent('cut')).catch(() => undefined)
  }
  const working = Promise.all([work(), work(), work()])
  for (let times = 0; times < 10; times += 1) await cutLines()
  stop.abort()
  await working
  await intents.begin(intent('cut'))
  await expect.poll(lines).toBe(before)
})

test('a connection that cannot be made ready is given up, and the next call opens another one', async () => {
  const { intents } = openProcess()
  const before = await lines()
  await query('alter table metadeck.audit_process rename to out_of_sight')
  await expect(intents.begin(intent('unready'))).rejects.toThrow('audit_process')
  await query('alter table metadeck.out_of_sight rename to audit_process')
  await intents.begin(intent('unready'))
  await expect.poll(lines).toBe(before + 1)
})

test('a record and the end of its intent are one: a record that cannot be stored leaves the intent', async () => {
  const { intents, connection } = openProcess()
  const number = await intents.begin(intent('unstorable'))
  const append = createAppend(connection, intents)
  await expect(append({ ...intent('unstorable'), detail: { a: '\0' } }, number)).rejects.toThrow()
  expect(await kept()).toContainEqual({ action: 'unstorable' })
  intents.doubt(number)
  await expect
    .poll(() => recorded('unstorable'))
    .toMatchObject([{ outcome: 'interrupted', detail: { reason: 'failed' } }])
  expect(await kept()).not.toContainEqual({ action: 'unstorable' })
})

test('many at once are all kept, and those that are over go', async () => {
  const { intents } = openProcess()
  const numbers = await Promise.all(Array.from({ length: 450 }, () => intents.begin(intent('many'))))
  expect(new Set(numbers).size).toBe(450)
  expect((await kept()).filter(({ action }) => action === 'many')).toHaveLength(450)
  for (const number of numbers) intents.forget(number)
  await intents.settle()
  expect((await kept()).filter(({ action }) => action === 'many')).toEqual([])
})
