import { afterAll, beforeAll, expect, test } from 'vitest'

import { getSession } from '#api/contract/session.ts'
import { completeSetup, getSetup } from '#api/contract/setup.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createOwner, newSetupSecret } from './owner.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
  await test$.database.db.deleteFrom('access_token').execute()
  await test$.database.db.deleteFrom('user').execute()
})
afterAll(() => test$.close())

const body = { name: 'Olive', email: 'Olive@Example.com', password: 'correct horse battery' }

test('without the printed link nobody becomes the owner', async () => {
  const call = test$.callWith({})
  expect(await call(getSetup)).toEqual({ needed: true })
  await expect(call(completeSetup, { body: { ...body, link: 'guess' } })).rejects.toMatchObject({
    code: 'access_denied',
    payload: { param: 'link' },
  })
  expect(await call(getSetup)).toEqual({ needed: true })
})

test('nobody makes the server hash a password without a link that is good, or once there is an owner', async () => {
  let hashed = 0
  const input = {
    name: 'Mallory',
    email: 'mallory@example.com',
    get password() {
      hashed += 1
      return 'correct horse battery'
    },
  }
  const { database, deps } = test$
  await expect(createOwner(database, input, 'guess', deps.now())).rejects.toMatchObject({ code: 'access_denied' })
  const { id } = await database.db
    .insertInto('user')
    .values({ name: 'O', email: 'o@example.com', password_hash: null, role: 'owner', created_at: deps.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
  expect(await createOwner(database, input, 'guess', deps.now())).toBeNull()
  expect(hashed).toBe(0)
  const call = test$.callWith({})
  const statuses: unknown[] = []
  for (let n = 0; n < 7; n += 1) {
    const error: unknown = await call(completeSetup, { body: { ...body, link: 'x' } }).catch(
      (thrown: unknown) => thrown,
    )
    statuses.push((error as { status: number }).status)
  }
  expect(statuses.slice(-2)).toEqual([429, 429])
  test$.advance(16 * 60_000)
  await database.db.deleteFrom('user').where('id', '=', id).execute()
})

test('a short password is refused and the link stays good', async () => {
  const link = await newSetupSecret(test$.database.db, test$.deps.now())
  await expect(test$.callWith({})(completeSetup, { body: { ...body, password: 'short', link } })).rejects.toMatchObject(
    {
      code: 'invalid_input',
      payload: { param: 'password' },
    },
  )
})

test('the link makes the owner once, signed in, and is used up', async () => {
  const link = await newSetupSecret(test$.database.db, test$.deps.now())
  const reply = await test$.app.inject({ method: 'POST', url: completeSetup.path, payload: { ...body, link } })
  expect(reply.statusCode).toBe(201)
  const cookie = reply.cookies[0]
  const call = test$.callWith({ cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` })
  expect(await call(getSession)).toMatchObject({ user: { email: 'olive@example.com', role: 'owner' } })
  expect(await call(getSetup)).toEqual({ needed: false })
  await expect(test$.callWith({})(completeSetup, { body: { ...body, link } })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await createOwner(test$.database, { ...body, email: 'second@example.com' }, null, test$.deps.now())).toBeNull()
})
