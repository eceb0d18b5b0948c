import { sql } from 'kysely'

import type { Token } from '#api/contract/tokens.ts'

import { type Caller, hasRole } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { AppError, notFound } from '../../errors.ts'
import { presentTokens } from './present.ts'
import { selectTokens, type TokenRow, visibleTo } from './select-tokens.ts'

/** One token that the caller sees; throws 404 for all others, so that ids tell nothing. */
export async function getRow(db: Db, caller: Caller, id: number, now: Date): Promise<TokenRow> {
  const [row] = await selectTokens(db, now, sql`where token.id = ${id} and ${visibleTo(caller)}`)
  if (row === undefined) throw notFound(`Token ${id}`)
  return row
}

/** The same, held to the end of the transaction. */
export async function holdRow(trx: Db, caller: Caller, id: number, now: Date): Promise<TokenRow> {
  await trx.selectFrom('access_token').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return getRow(trx, caller, id, now)
}

/** One token as the contract shows it. */
export async function presentToken(db: Db, caller: Caller, id: number, now: Date): Promise<Token> {
  const [token] = await presentTokens(db, [await getRow(db, caller, id, now)], now)
  if (token === undefined) throw notFound(`Token ${id}`)
  return token
}

/** Throws 409 for a token that is over for good. */
export function requireNotOver({ name, status }: TokenRow, wish: string): void {
  if (status !== 'revoked' && status !== 'expired') return
  const what = status === 'revoked' ? 'was revoked' : 'has expired'
  throw new AppError(
    'conflict',
    `The token "${name}" ${what} and cannot be ${wish}. Duplicate it: the new token has the same scopes.`,
    { payload: { reason: status } },
  )
}

/** Throws 403 for a disabled token that the caller may not take back into use: a member enables what they disabled. */
export function requireMayEnable(caller: Caller, { name, disabled_at, disabled_by }: TokenRow): void {
  if (disabled_at === null || hasRole(caller, 'admin')) return
  if (disabled_by !== null && disabled_by === caller.user?.id) return
  throw new AppError(
    'access_denied',
    `Access Denied. You did not disable the token "${name}" yourself. Ask an owner or an admin to enable it, or make a new one.`,
    { payload: { reason: 'disabled_by_other' } },
  )
}
