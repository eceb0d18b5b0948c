import { sql } from 'kysely'

import type { RotateToken } from '#api/contract/token-lifecycle.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { AppError, invalidInput } from '../../errors.ts'
import type { Dependant } from './dependant-source.ts'
import { isServedBy, moveDependants } from './dependants.ts'
import { getRow, holdRow, requireMayEnable, requireNotOver } from './get-token.ts'
import { readerFor } from './known-secrets.ts'
import { makeToken, requireMayMake } from './make-token.ts'
import { boundRights } from './rights-now.ts'
import { intersect, lowestRole, type Rights, scopesBeyond } from './rights.ts'
import type { TokenRow } from './select-tokens.ts'
import { insertToken, type NewToken } from './store.ts'

export interface Rotated {
  secret: string
  id: number
  moved: Dependant[]
  breaks: Dependant[]
}

/**
 * Puts a new token in the place of one, which ends after the overlap. Whoever asks for it, it stays its maker's, with no
 * more than that one may do now, and with no higher role than whoever learns the secret. Call it in a transaction.
 */
export async function rotateToken(
  trx: Db,
  caller: Caller,
  { id, ...body }: RotateToken & { id: number },
  now: Date,
): Promise<Rotated> {
  const old = await holdRow(trx, caller, id, now)
  requireNotOver(old, 'rotated')
  requireMayEnable(caller, old)
  requireMakerIsActive(old)
  if (old.successor !== null) {
    throw new AppError(
      'conflict',
      `The token "${old.name}" was rotated already. Rotate the token that took its place: ${old.successor.prefix}…${old.successor.lastFour}.`,
      { payload: { reason: 'rotated', successor: old.successor.id } },
    )
  }
  const copy = { ...(await copyOf(trx, old, body)), scopes: body.scopes ?? old.scopes, rotatedFrom: old.id }
  const added = scopesBeyond(copy.scopes, old.scopes)
  if (added.length > 0) {
    throw invalidInput(
      'scopes',
      `Rotating makes no larger token: the old one lacks ${added.join(', ')}. Leave it out, or make a new token.`,
    )
  }
  const kept = { ...copy, ...cut(copy, old) }
  await requireMayMake(trx, caller, kept)
  const isOwn = old.created_by === caller.user?.id
  const roleCeiling = isOwn ? old.role_ceiling : lowestRole(old.role_ceiling, caller.user?.role ?? null)
  const wish = { ...kept, roleCeiling, shownTo: await readerFor(trx, caller) }
  const { secret, token } = await insertToken(trx, wish, old.created_by, now)
  await endAfter(trx, old, body.overlapSeconds, now)
  const { moved, left } = await moveDependants(trx, old.id, token.id)
  return {
    secret,
    id: token.id,
    moved: moved.filter((one) => isServedBy(wish, one)),
    breaks: [...left, ...moved.filter((one) => !isServedBy(wish, one))],
  }
}

/**
 * Makes a token of the caller like this one, whatever became of it, with no more than that one and its maker may do.
 * Call it in a transaction.
 */
export async function duplicateToken(
  trx: Db,
  caller: Caller,
  { id, name, ...body }: { id: number; name?: string | undefined } & Life,
  now: Date,
): Promise<{ secret: string; id: number }> {
  const other = await getRow(trx, caller, id, now)
  const copy = await copyOf(trx, other, body)
  const isOwn = other.created_by === caller.user?.id
  const wish = {
    ...copy,
    ...cut(copy, other),
    roleCeiling: isOwn ? other.role_ceiling : lowestRole(other.role_ceiling, other.maker_role),
    name: name ?? nameOfCopy(other.name),
  }
  return makeToken(trx, caller, wish, now)
}

function requireMakerIsActive({ name, blocked_by, created_by_name: maker }: TokenRow): void {
  if (blocked_by !== 'maker') return
  throw new AppError(
    'conflict',
    `The token "${name}" is blocked, as the account of ${maker} is disabled, and rotating would not change that. Enable the account, or duplicate the token: the copy is yours.`,
    { payload: { reason: 'maker' } },
  )
}

/** What is left of a grant once it is cut to what this token may do now; throws 409 where that is nothing. */
function cut(granted: Rights, row: TokenRow): Rights {
  const left = intersect(granted, boundRights(row))
  if (Object.keys(left.scopes).length > 0 && left.workspaces.length > 0) return left
  throw new AppError(
    'conflict',
    `Whoever made the token "${row.name}" may do nothing any more of what it grants. Make a new token instead.`,
    { payload: { reason: 'nothing_left' } },
  )
}

const NAME_MAX = 200
const COPY = ' copy'

/** Cut between characters as people see them, so that none is torn. */
function nameOfCopy(name: string): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (kept.length + segment.length + COPY.length > NAME_MAX) break
    kept += segment
  }
  return `${kept}${COPY}`
}

/** What a copy may be given in place of what the other token has. */
interface Life {
  expiresInSeconds?: number | null | undefined
  neverReason?: string | null | undefined
}

async function copyOf(db: Db, row: TokenRow, { expiresInSeconds: life, neverReason }: Life): Promise<NewToken> {
  return {
    name: row.name,
    expiresInSeconds: life === undefined ? row.life_seconds : life,
    scopes: row.scopes,
    workspaces: await workspacesLeft(db, row),
    allowedIps: row.allowed_ips,
    neverReason: neverReason ?? row.never_reason,
  }
}

/** Without those that were deleted since; throws 409 where that leaves none. */
async function workspacesLeft(db: Db, { name, workspaces }: TokenRow): Promise<Workspaces> {
  if (workspaces === null) return 'all'
  const rows = await db
    .selectFrom('workspace')
    .select('id')
    .where(sql<boolean>`id = any (${workspaces}::bigint[])`)
    .execute()
  const there = new Set(rows.map(({ id }) => id))
  const left = workspaces.filter((id) => there.has(id))
  if (left.length > 0) return left
  throw new AppError(
    'conflict',
    `Every workspace that the token "${name}" was made for is deleted, so a copy would reach nothing. Revoke it, and make a new token for another workspace.`,
    { payload: { reason: 'workspaces_gone' } },
  )
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
