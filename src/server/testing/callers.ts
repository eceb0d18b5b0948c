import { type Scopes } from '#api/contract/scopes.ts'

import { newAccessToken, newSecret, sha256 } from '../credentials.ts'
import type { TestDatabase } from './test-database.ts'

/** A token as it lies in the database; what is left out makes it a good one that may do nothing. */
export interface TokenSeed {
  scopes?: Scopes
  workspaces?: number[] | null
  expires_at?: Date | null
  revoked_at?: Date | null
  disabled_at?: Date | null
  allowed_ips?: string[] | null
}

/** Writes the tokens into the database, past every rule, as made by this person; answers their headers in order. */
export async function plantTokens(
  { db }: TestDatabase,
  userId: number,
  seeds: readonly TokenSeed[],
): Promise<Record<string, string>[]> {
  const secrets = seeds.map(() => newAccessToken())
  const rows = seeds.map(({ scopes = {}, ...seed }, at) => ({
    name: `matrix ${at}`,
    hash: sha256(secrets[at] ?? ''),
    prefix: secrets[at]?.slice(0, 8) ?? '',
    last_four: secrets[at]?.slice(-4) ?? '',
    scopes: JSON.stringify(scopes),
    workspaces: seed.workspaces ?? null,
    created_by: userId,
    created_at: new Date(),
    expires_at: seed.expires_at ?? null,
    revoked_at: seed.revoked_at ?? null,
    disabled_at: seed.disabled_at ?? null,
    allowed_ips: seed.allowed_ips ?? null,
  }))
  await db.insertInto('access_token').values(rows).execute()
  return secrets.map((secret) => ({ authorization: `Bearer ${secret}` }))
}

/** A session as it lies in the database; what is left out makes it a good one. */
export interface SessionSeed {
  userId: number
  expires_at?: Date
  last_seen_at?: Date
}

/** Writes the sessions into the database; answers their headers in order. */
export async function plantSessions(
  { db }: TestDatabase,
  seeds: readonly SessionSeed[],
): Promise<Record<string, string>[]> {
  const secrets = seeds.map(() => newSecret())
  const rows = seeds.map(({ userId, ...seed }, at) => ({
    hash: sha256(secrets[at] ?? ''),
    user_id: userId,
    created_at: seed.last_seen_at ?? new Date(),
    last_seen_at: seed.last_seen_at ?? new Date(),
    expires_at: seed.expires_at ?? new Date(Date.now() + 3_600_000),
    address: '127.0.0.1',
    user_agent: 'matrix',
  }))
  await db.insertInto('session').values(rows).execute()
  return secrets.map((secret) => ({ cookie: `metadeck_session=${secret}` }))
}

export interface UserSeed {
  role: 'owner' | 'admin' | 'member'
  scopes?: Scopes
  disabled_at?: Date
}

let people = 0

/** Makes that many people who cannot sign in with a password; answers their ids. */
export async function plantUsers({ db }: TestDatabase, count: number, seed: UserSeed): Promise<number[]> {
  const values = Array.from({ length: count }, () => {
    people += 1
    return {
      name: `Person ${people}`,
      email: `person-${people}@example.com`,
      password_hash: null,
      role: seed.role,
      scopes: seed.scopes === undefined ? null : JSON.stringify(seed.scopes),
      disabled_at: seed.disabled_at ?? null,
      created_at: new Date(),
    }
  })
  const rows = await db.insertInto('user').values(values).returning('id').execute()
  return rows.map(({ id }) => id)
}
