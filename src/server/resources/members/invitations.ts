import type { Selectable } from 'kysely'

import type { Invitation } from '#api/contract/members.ts'
import type { CursorQuery } from '#api/contract/paging.ts'

import { rightsOf } from '../../caller.ts'
import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { InvitationTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'
import { type Manager, requireMayManage } from './change-members.ts'
import { columnsOf, type Grant, requireWorkspacesExist } from './grant.ts'
import { hasAccount } from './store.ts'

/** How long a link is good for. */
export const INVITATION_LIFE_MS = 7 * 86_400_000

/** An invitation with what there is to know about whoever sent it. */
export type InvitationRow = Selectable<InvitationTable> & {
  inviter: string
  inviter_role: 'owner' | 'admin' | 'member'
  inviter_disabled_at: Date | null
}

function selectInvitations(db: Db) {
  return db
    .selectFrom('invitation')
    .innerJoin('user', 'user.id', 'invitation.invited_by')
    .selectAll('invitation')
    .select(['user.name as inviter', 'user.role as inviter_role', 'user.disabled_at as inviter_disabled_at'])
}

/** One page of open invitations, newest first; expired ones stay until they are revoked or sent again. */
export async function pageInvitations(
  db: Db,
  { cursor, limit }: CursorQuery,
): Promise<{ rows: InvitationRow[]; nextCursor: string | null }> {
  const rows = await selectInvitations(db)
    .$if(cursor !== undefined, (query) => query.where('invitation.id', '<', Number(cursor)))
    .orderBy('invitation.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null }
}

/** One invitation by id; throws `not_found`. */
export async function getInvitation(db: Db, id: number): Promise<InvitationRow> {
  const row = await selectInvitations(db).where('invitation.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`Invitation ${id}`)
  return row
}

/** The invitation that a link's secret opens; undefined when it is unknown, too old, or its sender may not send it any more. */
export async function findInvitation(db: Db, secret: string, now: Date): Promise<InvitationRow | undefined> {
  const row = await selectInvitations(db)
    .where('invitation.hash', '=', sha256(secret))
    .where('invitation.expires_at', '>', now)
    .executeTakeFirst()
  if (row === undefined || row.inviter_disabled_at !== null) return undefined
  const mayStill = row.inviter_role === 'owner' || (row.inviter_role === 'admin' && row.role !== 'owner')
  return mayStill ? row : undefined
}

/** Invites an address inside `asManager`; answers the link's secret. Throws 409 where it has an account or a link. */
export async function insertInvitation(
  trx: Db,
  manager: Manager,
  input: Grant & { email: string },
  now: Date,
): Promise<{ row: InvitationRow; secret: string }> {
  requireMayManage(manager, input.role)
  await requireWorkspacesExist(trx, input.workspaces)
  const { email } = input
  const account = await trx.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()
  if (account !== undefined) throw hasAccount(email)
  await trx.deleteFrom('invitation').where('email', '=', email).where('expires_at', '<=', now).execute()
  const secret = newSecret()
  const inserted = await trx
    .insertInto('invitation')
    .values({
      email,
      hash: sha256(secret),
      ...columnsOf(input),
      invited_by: manager.id,
      created_at: now,
      expires_at: new Date(now.getTime() + INVITATION_LIFE_MS),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted !== undefined) return { row: await getInvitation(trx, inserted.id), secret }
  throw new AppError('conflict', `${email} is invited already. Send that invitation again, or revoke it.`, {
    payload: { param: 'email', reason: 'already_invited' },
  })
}

/** A new link in place of the old one, inside `asManager`; it is the manager's invitation from then on. */
export async function renewInvitation(
  trx: Db,
  manager: Manager,
  id: number,
  now: Date,
): Promise<{ row: InvitationRow; secret: string }> {
  requireMayManage(manager, (await getInvitation(trx, id)).role)
  const secret = newSecret()
  await trx
    .updateTable('invitation')
    .set({
      hash: sha256(secret),
      invited_by: manager.id,
      expires_at: new Date(now.getTime() + INVITATION_LIFE_MS),
    })
    .where('id', '=', id)
    .execute()
  return { row: await getInvitation(trx, id), secret }
}

/** Takes an invitation back, inside `asManager`: its link is worth nothing from then on. */
export async function deleteInvitation(trx: Db, manager: Manager, id: number): Promise<InvitationRow> {
  const row = await getInvitation(trx, id)
  requireMayManage(manager, row.role)
  await trx.deleteFrom('invitation').where('id', '=', id).execute()
  return row
}

/** The invitation as the API answers it: without its link. */
export function toInvitation(row: InvitationRow, now: Date): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    ...rightsOf(row),
    invitedBy: { id: row.invited_by, name: row.inviter },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    status: row.expires_at <= now ? 'expired' : 'open',
  }
}
