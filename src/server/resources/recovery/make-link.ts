import type { Kysely } from 'kysely'

import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { recordDeed } from '../schedules/record.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { deleteSessionsOf } from '../session/store.ts'

/** How long a link is good for. */
export const RECOVERY_LIFE_MS = 15 * 60_000

/** The action of its record: no operation of the API does this. */
const ACTION = 'ownerRecover'

export interface RecoveryLink {
  email: string
  /** In the link, and nowhere else. */
  secret: string
  expiresAt: Date
  endedSessions: number
}

/**
 * Makes the link of an owner, in place of an older one, and ends that account's sessions; recorded in the same
 * transaction. Password and second step stay as they are until the link is used. Throws for what is no owner's address,
 * and for an account that is disabled.
 */
export async function makeRecoveryLink(
  db: Kysely<Database>,
  { email, resetsTwoStep }: { email: string; resetsTwoStep: boolean },
  now: Date,
): Promise<RecoveryLink> {
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + RECOVERY_LIFE_MS)
  return db.transaction().execute(async (trx) => {
    const owner = await requireOwner(trx, email)
    await holdAccount(trx, owner.id)
    const link = { hash: sha256(secret), resets_two_step: resetsTwoStep, expires_at: expiresAt }
    await trx
      .insertInto('recovery_link')
      .values({ user_id: owner.id, ...link })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(link))
      .execute()
    await trx.deleteFrom('sign_in_ticket').where('user_id', '=', owner.id).execute()
    const endedSessions = await deleteSessionsOf(trx, owner.id)
    await recordDeed(trx, {
      at: now,
      by: 'Command line',
      workspaceId: null,
      action: ACTION,
      target: { kind: 'user', id: owner.id, name: owner.email },
      detail: {
        how: 'recovered at the command line',
        resetsTwoStep,
        endedSessions,
        expiresAt: expiresAt.toISOString(),
      },
    })
    return { email: owner.email, secret, expiresAt, endedSessions }
  })
}

async function requireOwner(trx: Db, email: string): Promise<{ id: number; email: string }> {
  const owners = await trx
    .selectFrom('user')
    .select(['id', 'email', 'disabled_at'])
    .where('role', '=', 'owner')
    .orderBy('id')
    .execute()
  const owner = owners.find((one) => one.email === email.trim().toLowerCase())
  if (owner === undefined) {
    const known = owners.map((one) => masked(one.email)).join(', ')
    throw new AppError('not_found', `No owner has the e-mail address ${email}. The owners are: ${known || 'none yet'}.`)
  }
  if (owner.disabled_at === null) return owner
  throw new AppError(
    'conflict',
    `The account of ${owner.email} is disabled. Another owner can enable it in the console.`,
  )
}

/** `o…@example.com`: enough for whoever knows the address. */
function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}…${email.slice(at)}`
}
