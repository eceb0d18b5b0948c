import type { RotateToken } from '#api/contract/token-lifecycle.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { type Dependant, isServedBy, moveDependants } from './dependants.ts'
import { getRow, holdRow, requireNotOver } from './get-token.ts'
import { makeToken } from './make-token.ts'
import { scopesBeyond } from './rights.ts'
import type { TokenRow } from './select-tokens.ts'
import type { NewToken } from './store.ts'

export interface Rotated {
  secret: string
  id: number
  moved: Dependant[]
  breaks: Dependant[]
}

/** Puts a new token in the place of one, which ends after the overlap. Call it in a transaction. */
export async function rotateToken(
  trx: Db,
  caller: Caller,
  { id, ...body }: RotateToken & { id: number },
  now: Date,
): Promise<Rotated> {
  const old = await holdRow(trx, caller, id, now)
  requireNotOver(old, 'rotated')
  if (old.successor !== null) {
    throw new AppError(
      'conflict',
      `The token "${old.name}" was rotated already. Rotate the token that took its place: ${old.successor.prefix}…${old.successor.lastFour}.`,
      { payload: { reason: 'rotated', successor: old.successor.id } },
    )
  }
  const wish = { ...copyOf(old, body.expiresInSeconds), scopes: body.scopes ?? old.scopes, rotatedFrom: old.id }
  const added = scopesBeyond(wish.scopes, old.scopes)
  if (added.length > 0) {
    throw invalidInput(
      'scopes',
      `Rotating makes no larger token: the old one lacks ${added.join(', ')}. Leave it out, or make a new token.`,
    )
  }
  const made = await makeToken(trx, caller, wish, now)
  await endAfter(trx, old, body.overlapSeconds, now)
  const { moved, left } = await moveDependants(trx, old.id, made.id)
  return {
    ...made,
    moved: moved.filter((one) => isServedBy(wish, one)),
    breaks: [...left, ...moved.filter((one) => !isServedBy(wish, one))],
  }
}

/** Makes another token like this one, whatever became of it. Call it in a transaction. */
export async function duplicateToken(
  trx: Db,
  caller: Caller,
  {
    id,
    name,
    expiresInSeconds,
  }: { id: number; name?: string | undefined; expiresInSeconds?: number | null | undefined },
  now: Date,
): Promise<{ secret: string; id: number }> {
  const other = await getRow(trx, caller, id, now)
  const wish = {
    ...copyOf(other, expiresInSeconds),
    name: name ?? `${other.name.slice(0, NAME_MAX - COPY.length)}${COPY}`,
  }
  return makeToken(trx, caller, wish, now)
}

const NAME_MAX = 200
const COPY = ' copy'

function copyOf(row: TokenRow, life: number | null | undefined): NewToken {
  return {
    name: row.name,
    expiresInSeconds: life === undefined ? row.life_seconds : life,
    scopes: row.scopes,
    workspaces: row.workspaces ?? 'all',
    allowedIps: row.allowed_ips,
    neverReason: row.never_reason,
  }
}

/** Never later than it would have ended anyway. At once means revoked: no other process's clock may differ on that. */
async function endAfter(trx: Db, old: TokenRow, seconds: number, now: Date): Promise<void> {
  const end = new Date(now.getTime() + seconds * 1_000)
  const isEarlier = old.expires_at === null || end < old.expires_at
  await trx
    .updateTable('access_token')
    .set(seconds === 0 ? { revoked_at: now } : { expires_at: isEarlier ? end : old.expires_at })
    .where('id', '=', old.id)
    .execute()
}
