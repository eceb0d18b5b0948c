import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { asManager, keepingAnOwner } from './change-members.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

async function addOwner(email: string): Promise<number> {
  const fields = { email, name: email, password_hash: 'some', role: 'owner' as const, created_at: new Date() }
  const row = await database.db.insertInto('user').values(fields).returning('id').executeTakeFirstOrThrow()
  return row.id
}

const demote = (trx: Db, id: number) => trx.updateTable('user').set({ role: 'admin' }).where('id', '=', id).execute()

test('of the last two owners who go at the very same time, one is held back and stays', async () => {
  const [a, b] = [await addOwner('a@example.com'), await addOwner('b@example.com')]
  let isSecondInside = false
  let second: Promise<unknown> = Promise.resolve()
  const first = keepingAnOwner(database.db, async (trx) => {
    await demote(trx, a)
    second = keepingAnOwner(database.db, async (inner) => {
      isSecondInside = true
      await demote(inner, b)
    })
    second.catch(() => undefined)
    // Neither may be judged before both are on their way.
    await expect.poll(async () => isSecondInside || (await isSomebodyWaiting())).toBe(true)
  })
  await first
  await expect(second).rejects.toMatchObject({ code: 'conflict', payload: { reason: 'last_owner' } })
  expect(await database.db.selectFrom('user').select('id').where('role', '=', 'owner').execute()).toEqual([{ id: b }])
})

test('an owner without any way to sign in is none', async () => {
  const { db } = database
  const [owner] = await db.selectFrom('user').select('id').where('role', '=', 'owner').execute()
  const id = owner?.id ?? 0
  const refusal = { code: 'conflict', payload: { reason: 'last_owner' } }
  const takePassword = (trx: Db) => trx.updateTable('user').set({ password_hash: null }).where('id', '=', id).execute()
  await expect(keepingAnOwner(db, takePassword)).rejects.toMatchObject(refusal)
  const now = new Date()
  const identity = { issuer: 'https://idp.example.com', subject: '1', user_id: id, created_at: now, last_used_at: now }
  await db.insertInto('oidc_identity').values(identity).execute()
  await expect(keepingAnOwner(db, takePassword)).rejects.toMatchObject(refusal)
})

test('a manager who is disabled or demoted while the change waits changes nothing any more', async () => {
  const { db } = database
  const id = await addOwner('late@example.com')
  const user = { id, name: 'Late', email: 'late@example.com', role: 'owner' as const }
  const caller = {
    kind: 'session',
    id,
    label: user.email,
    user,
    ...rightsOf({ role: 'owner', scopes: null, workspaces: null }),
    expiresAt: null,
  } as const
  const attempt = () => asManager(db, caller, () => Promise.resolve('changed'))
  expect(await attempt()).toBe('changed')
  for (const change of [{ disabled_at: new Date() }, { disabled_at: null, role: 'member' as const }]) {
    await db.updateTable('user').set(change).where('id', '=', id).execute()
    await expect(attempt()).rejects.toMatchObject({ code: 'access_denied', payload: { role: 'admin' } })
  }
})

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`.execute(database.db)
  return rows.length > 0
}
