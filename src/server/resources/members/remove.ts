import type { Selectable } from 'kysely'

import type { MemberToken } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { AccessTokenTable } from '../../db/tables.ts'
import { invalidInput } from '../../errors.ts'
import { disableKnownTo } from '../tokens/known-secrets.ts'
import { intersect, lowestRole } from '../tokens/rights.ts'
import { type Manager, requireMayManage } from './change-members.ts'
import { listStopped } from './left-schedules.ts'
import { getMember, livingTokens, type MemberRow, toMemberToken } from './store.ts'

/** A token of a removed member, as the reply shows it. */
type LeftToken = MemberToken & { fate: 'revoked' | 'handed_over' | 'disabled' }

/**
 * Removes an account inside `asManager`; its sessions and open invitations go with it. Its tokens are revoked, or go
 * to `tokensTo`, cut to what the removed one held: nobody's token gains by a removal. As whoever goes may still have the
 * secrets, they are out of use until the heir rotates or enables them, and so are tokens of others whose secret the
 * removed one was shown. Answers what stops running with that, too.
 *
 * Who changes a token holds on to it first and to its maker's account after that. So does this, with all tokens: while
 * an account goes none is made or changed, and none that comes later is missed. Calls with tokens go on, but for those
 * that are the first in a minute: they note that the token was used, and wait for that.
 */
export async function removeMember(
  trx: Db,
  manager: Manager,
  { id, tokensTo }: { id: number; tokensTo: number | undefined },
  now: Date,
): Promise<{ removed: MemberRow; tokens: LeftToken[]; stopped: TokenDependant[] }> {
  const removed = await getMember(trx, id)
  requireMayManage(manager, removed.role)
  if (tokensTo !== undefined) await requireHeir(trx, tokensTo, id)
  // First of all, as it holds on to all tokens.
  const known = await disableKnownTo(trx, id, now)
  const rows = await livingTokens(trx, now).selectAll().where('created_by', '=', id).orderBy('id', 'desc').execute()
  const stopped = await listStopped(
    trx,
    id,
    [...rows, ...known].map((row) => row.id),
  )
  const tokens: LeftToken[] = []
  for (const row of rows) {
    const isKept = tokensTo !== undefined && (await handOver(trx, row, { from: removed, to: tokensTo }, now))
    tokens.push({ ...toMemberToken(row), fate: isKept ? 'handed_over' : 'revoked' })
  }
  tokens.push(...known.map((row) => ({ ...toMemberToken(row), fate: 'disabled' as const })))
  // Those that expired too: a longer life must not wake them.
  await trx
    .updateTable('access_token')
    .set({ revoked_at: now })
    .where('created_by', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  // None is left since an account was made; whatever else comes to be, nobody returns by a link from before.
  await trx.deleteFrom('invitation').where('email', '=', removed.email).execute()
  await trx.deleteFrom('user').where('id', '=', id).execute()
  return { removed, tokens, stopped }
}

/** Gives a token to an heir, out of use. False, and nothing is done, where whoever goes holds nothing of it any more. */
async function handOver(
  trx: Db,
  row: Selectable<AccessTokenTable>,
  { from, to }: { from: MemberRow; to: number },
  now: Date,
): Promise<boolean> {
  const cut = intersect({ scopes: row.scopes, workspaces: row.workspaces ?? 'all' }, rightsOf(from))
  if (Object.keys(cut.scopes).length === 0 || cut.workspaces.length === 0) return false
  await trx
    .updateTable('access_token')
    .set({
      created_by: to,
      role_ceiling: lowestRole(from.role, row.role_ceiling),
      disabled_at: row.disabled_at ?? now,
      disabled_because: row.shown_to === from.id ? 'secret_known' : row.disabled_because,
      // What somebody else disabled, a member who inherits it does not enable.
      disabled_by: row.disabled_at === null || row.disabled_by === from.id ? to : row.disabled_by,
      scopes: JSON.stringify(cut.scopes),
      workspaces: cut.workspaces === 'all' ? null : cut.workspaces,
    })
    .where('id', '=', row.id)
    .execute()
  return true
}

async function requireHeir(trx: Db, heirId: number, removedId: number): Promise<void> {
  const heir = await trx
    .selectFrom('user')
    .select('id')
    .where('id', '=', heirId)
    .where('id', '!=', removedId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (heir !== undefined) return
  throw invalidInput(
    'tokensTo',
    `Member ${heirId} cannot take the tokens: choose another account that is not disabled.`,
  )
}
