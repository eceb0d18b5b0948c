import type { Kysely } from 'kysely'

import { hashPassword } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { requireGoodPassword } from '../my-account/good-password.ts'
import { countAgainst, linkUseLimits, uncount } from '../session/throttle.ts'
import { keepingAnOwner } from './change-members.ts'
import { findInvitation, type InvitationRow } from './invitations.ts'
import { insertMember } from './store.ts'

/** The invitation of a link; throws 403, the same for every reason why it is not good. */
export async function requireInvitation(db: Db, secret: string, now: Date): Promise<InvitationRow> {
  const row = await findInvitation(db, secret, now)
  if (row !== undefined) return row
  throw new AppError(
    'access_denied',
    'This invitation is not valid: it was used, taken back, replaced by a newer link, or is older than seven days. Ask for a new one.',
    { payload: { param: 'token', reason: 'invitation' } },
  )
}

/**
 * Makes the account that an invitation promises and uses the invitation up; of two at once one succeeds. Throws 429 where
 * more try at once than anybody needs to.
 */
export async function acceptInvitation(
  db: Kysely<Database>,
  invitation: InvitationRow,
  input: { token: string; name: string; password: string },
  now: Date,
): Promise<number> {
  requireGoodPassword('password', input.password, { name: input.name, email: invitation.email })
  const uses = linkUseLimits(input.token)
  await countAgainst(db, uses, now)
  const password_hash = await hashPassword(input.password)
  const userId = await keepingAnOwner(db, async (trx) => {
    // Read again: it may have been used or taken back while the password was hashed.
    const { email, role, scopes, workspaces, invited_by } = await requireInvitation(trx, input.token, now)
    const grant = { role, scopes: scopes === null ? null : JSON.stringify(scopes), workspaces }
    return insertMember(trx, { name: input.name, email, password_hash, invited_by, ...grant }, now)
  })
  await uncount(db, uses)
  return userId
}
