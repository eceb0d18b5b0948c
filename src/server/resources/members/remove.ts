import type { MemberToken } from '#api/contract/members.ts'
import type { TokenDependant } from '#api/contract/tokens.ts'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { intersect, lowestRole } from '../tokens/rights.ts'
import { type Manager, requireMayManage } from './change-members.ts'
import { listStopped } from './left-schedules.ts'
import { getMember, livingTokens, type MemberRow, toMemberToken } from './store.ts'

/** A token of a removed member, as the reply shows it. */
type LeftToken = MemberToken & { fate: 'revoked' | 'handed_over' }

/**
 * Removes an account inside `asManager`; its sessions and open invitations go with it. Its tokens are revoked, or go
 * to `tokensTo`, cut to what the removed one held: nobody's token gains by a removal. As whoever goes may still have the
 * secrets, they are out of use until the heir rotates or enables them. Answers what stops running with that, too.
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
  const rows = await livingTokens(trx, now).selectAll().where('created_by', '=', id).orderBy('id', 'desc').execute()
  const stopped = await listStopped(
    trx,
    id,
    rows.map((row) => row.id),
  )
  const tokens: LeftToken[] = []
  for (const row of rows) {
    const cut = intersect({ scopes: row.scopes, workspaces: row.workspaces ?? 'all' }, rightsOf(removed))
    const isWorthless = Object.keys(cut.scopes).length === 0 || cut.workspaces.length === 0
    const isKept = tokensTo !== undefined && !isWorthless
    if (isKept) {
      await trx
        .updateTable('access_token')
        .set({
          created_by: tokensTo,
          role_ceiling: lowestRole(removed.role, row.role_ceiling),
          disabled_at: row.disabled_at ?? now,
          // What somebody else disabled, a member who inherits it does not enable.
          disabled_by: row.disabled_at === null || row.disabled_by === id ? tokensTo : row.disabled_by,
          scopes: JSON.stringify(cut.scopes),
          workspaces: cut.workspaces === 'all' ? null : cut.workspaces,
        })
        .where('id', '=', row.id)
        .execute()
    }
    tokens.push({ ...toMemberToken(row), fate: isKept ? 'handed_over' : 'revoked' })
  }
  // Those that expired too: a longer life must not wake them.
  await trx
    .updateTable('access_token')
    .set({ revoked_at: now })
    .where('created_by', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  await trx.deleteFrom('user').where('id', '=', id).execute()
  return { removed, tokens, stopped }
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
