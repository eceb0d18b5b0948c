import type { CreateToken } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { requireWorkspacesExist } from '../members/grant.ts'
import { normalAllowList } from './allowed-addresses.ts'
import { readerFor } from './known-secrets.ts'
import { readPolicy, requireWithin } from './policy.ts'
import { requireHeld } from './rights.ts'
import { insertToken, type NewToken } from './store.ts'

/**
 * Makes a token for somebody: within their own rights and the token policy. Throws 403 and 400 otherwise. Call it in a
 * transaction.
 */
export async function makeToken(
  trx: Db,
  caller: Caller,
  wish: NewToken,
  now: Date,
): Promise<{ secret: string; id: number }> {
  await requireMayMake(trx, caller, wish)
  const shownTo = await readerFor(trx, caller)
  const { secret, token } = await insertToken(trx, { ...wish, shownTo }, caller.user?.id ?? null, now)
  return { secret, id: token.id }
}

/** Throws 403 for more than the caller holds, 400 for what breaks the token policy. */
export async function requireMayMake(db: Db, caller: Caller, wish: NewToken): Promise<void> {
  requireHeld(wish, caller)
  requireWithin(await readPolicy(db), wish.expiresInSeconds, wish.neverReason ?? null)
}

/** What a request asks for, with the life that the policy gives where none is asked for. */
export async function readWish(db: Db, caller: Caller, body: CreateToken): Promise<NewToken> {
  const { expiresInSeconds: life, neverReason, allowedIps, ...wish } = body
  // Before anything is looked up: whether a workspace out of reach exists is nobody's business.
  requireHeld(wish, caller)
  await requireWorkspacesExist(db, body.workspaces)
  return {
    ...wish,
    expiresInSeconds: life === undefined ? (await readPolicy(db)).defaultLifeSeconds : life,
    allowedIps: normalAllowList(allowedIps),
    neverReason: neverReason ?? null,
  }
}
