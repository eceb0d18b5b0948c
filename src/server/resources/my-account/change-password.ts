import type { Kysely } from 'kysely'
import type { z } from 'zod'

import type { ChangePassword } from '#api/contract/my-account.ts'

import type { Caller } from '../../caller.ts'
import { checkPassword, hashPassword } from '../../credentials.ts'
import type { Database } from '../../db/tables.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { deleteSessionsOf, renewSession } from '../session/store.ts'
import { countAttempt, forgetAttempt } from '../session/throttle.ts'
import { requireGoodPassword } from './good-password.ts'

/**
 * Changes the password of whoever is signed in, and ends every session but this one, which gets a new cookie. Wrong
 * guesses at the current one count like failed sign-ins.
 */
export async function changePassword(
  db: Kysely<Database>,
  { caller, address, cookie }: { caller: Caller; address: string; cookie: string },
  { current, next }: z.output<typeof ChangePassword>,
  now: Date,
): Promise<{ session: { secret: string; expiresAt: Date }; endedSessions: number }> {
  const user = await db.selectFrom('user').selectAll().where('id', '=', caller.id).executeTakeFirstOrThrow()
  if (user.password_hash === null) {
    throw new AppError('conflict', 'This account has no password: it signs in by other ways only.', {
      payload: { reason: 'no_password' },
    })
  }
  await countAttempt(db, user.email, address, now)
  if (!(await checkPassword(user.password_hash, current))) {
    const message = 'The current password is not right. Nothing was changed.'
    // 403, as every refused proof: guesses at an open console are seen in the audit log.
    throw new AppError('access_denied', message, {
      payload: { param: 'current', issues: [{ param: 'current', message }], reason: 'wrong_proof' },
    })
  }
  await forgetAttempt(db, user.email, address)
  requireGoodPassword('next', next, user)
  if (next === current) throw invalidInput('next', 'This is the current password. Choose another one.')
  const password_hash = await hashPassword(next)
  return db.transaction().execute(async (trx) => {
    await trx.updateTable('user').set({ password_hash }).where('id', '=', user.id).execute()
    // Half a sign-in with the old password is none.
    await trx.deleteFrom('sign_in_ticket').where('user_id', '=', user.id).execute()
    const endedSessions = await deleteSessionsOf(trx, user.id, caller.sessionId)
    const session = await renewSession(trx, cookie)
    if (session === null) throw new AppError('unauthorized', 'This session has ended. Sign in and try again.')
    return { session, endedSessions }
  })
}
