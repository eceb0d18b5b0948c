import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { deleteSessionsOf } from '../session/store.ts'

/**
 * Once an account has a second step: ends its other sessions, which the password alone had opened, and the sign-ins
 * that have begun and would set up a second step of their own. Answers how many sessions.
 */
export async function endPasswordOnly(trx: Db, caller: Caller): Promise<number> {
  await trx.deleteFrom('sign_in_ticket').where('user_id', '=', caller.id).execute()
  return deleteSessionsOf(trx, caller.id, caller.sessionId)
}
