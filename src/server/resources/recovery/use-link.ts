import type { Kysely } from 'kysely'

import { hashPassword, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { requireGoodPassword } from '../my-account/good-password.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { deleteSessionsOf } from '../session/store.ts'
import { countAgainst, linkUseLimits, uncount } from '../session/throttle.ts'

/** What a link opens. */
export interface Recovery {
  user: { id: number; email: string; name: string }
  resetsTwoStep: boolean
  expiresAt: Date
}

/** The account that a link recovers; throws 403, the same for every reason why it is not good. */
export async function requireRecovery(db: Db, secret: string, now: Date): Promise<Recovery> {
  const row = await db
    .selectFrom('recovery_link')
    .innerJoin('user', 'user.id', 'recovery_link.user_id')
    .select(['user.id', 'user.email', 'user.name', 'resets_two_step', 'recovery_link.expires_at'])
    .where('recovery_link.hash', '=', sha256(secret))
    .where('recovery_link.expires_at', '>', now)
    .where('user.disabled_at', 'is', null)
    .where('user.role', '=', 'owner')
    .executeTakeFirst()
  if (row !== undefined) {
    const { id, email, name } = row
    return { user: { id, email, name }, resetsTwoStep: row.resets_two_step, expiresAt: row.expires_at }
  }
  throw new AppError(
    'access_denied',
    'This recovery link is not valid: it was used, replaced by a newer one, or is older than 15 minutes. Run the command again.',
    { payload: { param: 'token', reason: 'recovery' } },
  )
}

/**
 * Sets the new password and uses the link up; of two at once one succeeds. Ends the account's sessions, and where the
 * link says so takes away its second step. Throws 429 where more try at once than anybody needs to.
 */
export async function recover(
  db: Kysely<Database>,
  { token, password }: { token: string; password: string },
  now: Date,
): Promise<Recovery & { endedSessions: number; passwordHash: string }> {
  requireGoodPassword('password', password, (await requireRecovery(db, token, now)).user)
  const uses = linkUseLimits(token)
  await countAgainst(db, uses, now)
  const passwordHash = await hashPassword(password)
  const recovered = await db.transaction().execute(async (trx) => {
    const { id } = (await requireRecovery(trx, token, now)).user
    await holdAccount(trx, id)
    // Read again: it may have been used while this waited.
    const recovery = await requireRecovery(trx, token, now)
    await trx.deleteFrom('recovery_link').where('user_id', '=', id).execute()
    await trx.updateTable('user').set({ password_hash: passwordHash }).where('id', '=', id).execute()
    const ways = recovery.resetsTwoStep ? (['totp', 'recovery_code', 'passkey', 'passkey_challenge'] as const) : []
    for (const table of [...ways, 'sign_in_ticket'] as const) {
      await trx.deleteFrom(table).where('user_id', '=', id).execute()
    }
    return { ...recovery, passwordHash, endedSessions: await deleteSessionsOf(trx, id) }
  })
  await uncount(db, uses)
  return recovered
}
