import { sql } from 'kysely'

import { type Caller, hasRole } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Dependant } from './dependant-source.ts'
import { listDependants } from './dependants.ts'
import { holdRow, requireMayEnable, requireNotOver } from './get-token.ts'
import { fromTokens, statusAt, type TokenRow, visibleTo } from './select-tokens.ts'

/** A token as it was before a change, and what does not run any more because of it. */
export interface Change {
  before: TokenRow
  /** True where it was so already. */
  isIdle: boolean
  breaks: Dependant[]
}

/** Puts a token out of use until it is enabled; one that is disabled already stays as it is. Call it in a transaction. */
export async function disableToken(trx: Db, caller: Caller, id: number, now: Date): Promise<Change> {
  const before = await holdRow(trx, caller, id, now)
  requireNotOver(before, 'disabled')
  // What a member disabled, a manager may disable for good: then the member does not enable it again.
  const by = caller.user?.id ?? null
  const isIdle = before.disabled_at !== null && (before.disabled_by === by || !hasRole(caller, 'admin'))
  if (!isIdle) {
    await trx
      .updateTable('access_token')
      .set({ disabled_at: before.disabled_at ?? now, disabled_by: by })
      .where('id', '=', id)
      .execute()
  }
  return { before, isIdle, breaks: await listDependants(trx, [id]) }
}

/** Takes a token back into use; throws 403 where a manager disabled it. Call it in a transaction. */
export async function enableToken(trx: Db, caller: Caller, id: number, now: Date): Promise<Change> {
  const before = await holdRow(trx, caller, id, now)
  requireNotOver(before, 'enabled')
  requireMayEnable(caller, before)
  await trx
    .updateTable('access_token')
    .set({ disabled_at: null, disabled_by: null, disabled_because: null })
    .where('id', '=', id)
    .execute()
  return { before, isIdle: before.disabled_at === null, breaks: [] }
}

/** Ends a token for good; one that is revoked already stays as it is. Call it in a transaction. */
export async function revokeToken(trx: Db, caller: Caller, id: number, now: Date): Promise<Change> {
  const before = await holdRow(trx, caller, id, now)
  const isIdle = before.revoked_at !== null
  if (!isIdle) {
    await trx.updateTable('access_token').set({ revoked_at: now }).where('id', '=', id).execute()
  }
  return { before, isIdle, breaks: await listDependants(trx, [id]) }
}

/** Ends every token that the caller sees and that is not over yet. Call it in a transaction. */
export async function revokeAll(trx: Db, caller: Caller, now: Date): Promise<{ revoked: number; breaks: Dependant[] }> {
  const { rows } = await sql<{ id: number }>`
    update metadeck.access_token set revoked_at = ${now} where revoked_at is null and id in (
      select token.id from ${fromTokens()} where ${visibleTo(caller)} and ${statusAt(now)} not in ('revoked', 'expired')
    ) returning id`.execute(trx)
  const ids = rows.map(({ id }) => id)
  return { revoked: ids.length, breaks: await listDependants(trx, ids) }
}
