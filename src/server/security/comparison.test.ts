import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { newAccessToken, sha256 } from '../credentials.ts'
import { plantSessions, plantTokens } from '../testing/callers.ts'
import { createTestApp, OWNER, type TestApp } from '../testing/test-app.ts'

const SERVER = join(import.meta.dirname, '..')

let test$: TestApp
let ownerId: number

beforeAll(async () => {
  test$ = await createTestApp()
  ownerId = (await test$.database.db.selectFrom('user').select('id').executeTakeFirstOrThrow()).id
})
afterAll(() => test$.close())

function sources(): { file: string; text: string }[] {
  return globSync('**/*.ts', { cwd: SERVER })
    .filter((file) => !/\.test\.ts$|^testing\/|-fixture\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(SERVER, file), 'utf8') }))
}

/** Text that is worth guessing, compared by an operator that stops at the first character that differs. */
const COMPARED =
  /(?<!typeof )(?<![\w.?])[\w.?]*(?:secret|password|token|signature|hmac|recoveryCode|cookie)\b(?:\.toString\([^)]*\))?\s*[!=]==?\s*(?!undefined|null|['"\d]|true|false)[\w.(]/gi

test('no secret is compared by an operator that stops at the first difference', () => {
  const found = sources().flatMap(({ file, text }) =>
    [...text.matchAll(COMPARED)].map(
      (match) => `${file}: ${text.slice(match.index, match.index + 80).split('\n', 1)[0]}`,
    ),
  )
  expect(found).toEqual([])
})

test('the rule sees what it forbids', () => {
  const text = (code: string): number => [...code.matchAll(COMPARED)].length
  expect(text('if (sent.secret === row.secret) return')).toBe(1)
  expect(text("if (signature.toString('hex') !== expected) throw x")).toBe(1)
  expect(text('if (secret === undefined || password !== null) return')).toBe(0)
})

test('credentials are looked up by their hash: no statement asks for the secret itself', () => {
  const asked = sources().flatMap(({ file, text }) =>
    [...text.matchAll(/where\(\s*'(?:[\w]+\.)?(secret|token|password|cookie|ticket|code)'\s*,/g)].map(
      (match) => `${file}: ${match[0]}`,
    ),
  )
  expect(asked).toEqual([])
})

test('of tokens, sessions and links the database holds the SHA-256 and nothing that can be sent', async () => {
  const { pool } = test$.database
  const [headers] = await plantTokens(test$.database, ownerId, [{}])
  const [cookie] = await plantSessions(test$.database, [{ userId: ownerId }])
  const secret = headers?.['authorization']?.slice('Bearer '.length) ?? ''
  const value = cookie?.['cookie']?.split('=')[1] ?? ''
  for (const [table, one] of [
    ['access_token', secret],
    ['session', value],
  ] as const) {
    const { rows } = await pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from metadeck.${table} t where hash = $1`,
      [sha256(one)],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(one.slice(8, -4))
  }
})

test('the stored hash is no credential: who reads the database cannot sign in with it', async () => {
  const [headers] = await plantTokens(test$.database, ownerId, [{}])
  const secret = headers?.['authorization']?.slice('Bearer '.length) ?? ''
  const hash = sha256(secret)
  for (const guess of [
    hash.toString('hex'),
    hash.toString('base64url'),
    `\\x${hash.toString('hex')}`,
    secret.slice(0, -1),
  ]) {
    const reply = await test$.app.inject({ url: '/api:meta/auth/me', headers: { authorization: `Bearer ${guess}` } })
    expect(reply.statusCode).toBe(401)
  }
})

test('a token that differs in its last character only is refused with the same words as any other', async () => {
  const [headers] = await plantTokens(test$.database, ownerId, [{}])
  const secret = headers?.['authorization'] ?? ''
  const near = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
  const say = async (authorization: string) => {
    const reply = await test$.app.inject({ url: '/api:meta/auth/me', headers: { authorization } })
    return [reply.statusCode, reply.body]
  }
  expect((await say(secret))[0]).toBe(200)
  expect(await say(near)).toEqual(await say(`Bearer ${newAccessToken()}`))
})

test('an address without an account is refused no sooner than a wrong password: how long it takes tells nothing', async () => {
  const quickest = async (email: string): Promise<number> => {
    const times: number[] = []
    for (let n = 0; n < 4; n += 1) {
      const began = performance.now()
      const payload = { email, password: 'a wrong password' }
      const reply = await test$.app.inject({ method: 'POST', url: '/api:console/session', payload })
      times.push(performance.now() - began)
      expect(reply.statusCode).toBe(401)
    }
    return Math.min(...times)
  }
  await quickest('warm@example.com')
  const known = await quickest(OWNER.email)
  expect(await quickest('nobody@example.com')).toBeGreaterThan(known / 2)
})
