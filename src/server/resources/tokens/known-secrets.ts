import { type Selectable, sql } from 'kysely'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { AccessTokenTable } from '../../db/token-tables.ts'
import { AppError } from '../../errors.ts'

/**
 * The person who gets to see a secret that is made for this caller, who is signed in. Call it in the transaction that
 * makes the token. Throws 401 where they are not who they were when the request came.
 */
export async function readerFor(trx: Db, { id, user }: Caller): Promise<number> {
  // From here on `disableKnownTo` waits for the end of this transaction, and finds the new token.
  await sql`lock table metadeck.access_token in row exclusive mode`.execute(trx)
  const account = await trx
    .selectFrom('user')
    .select('role')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (account !== undefined && account.role === user?.role) return id
  throw new AppError(
    'unauthorized',
    'This account was removed, disabled or given another role meanwhile, and nothing was made. Sign in again.',
  )
}

/** A token as it was before. */
type KnownToken = Selectable<AccessTokenTable>

/**
 * Puts the tokens of others out of use whose secret this person was shown, as they may still know it: until the maker,
 * an owner or an admin enables or rotates them. Answers those that were in use. Call it in the transaction that removes,
 * disables or demotes the account, before anything of the account is held: who changes a token holds on to it first and
 * to its maker's account after that. Until the end nobody makes or changes tokens; looking them up goes on, but that a
 * token was used is noted, at most once a minute, only after that, and such a call waits for it.
 */
export async function disableKnownTo(trx: Db, personId: number, now: Date): Promise<KnownToken[]> {
  await sql`lock table metadeck.access_token in exclusive mode`.execute(trx)
  const known = await trx
    .selectFrom('access_token')
    .selectAll()
    .where('shown_to', '=', personId)
    .where(sql<boolean>`created_by is distinct from shown_to`)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  if (known.length === 0) return []
  const ids = known.map(({ id }) => id)
  // What somebody else disabled, its maker does not enable.
  await sql`update metadeck.access_token set disabled_because = 'secret_known', disabled_at = coalesce(disabled_at, ${now}),
    disabled_by = case when disabled_at is null then created_by else disabled_by end
    where id = any (${ids}::bigint[])`.execute(trx)
  return known.filter(({ disabled_at, expires_at: end }) => disabled_at === null && (end === null || end > now))
}
