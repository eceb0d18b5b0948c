import type { UpdateMember } from '#api/contract/members.ts'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { deleteSessionsOf } from '../session/store.ts'
import { disableKnownTo } from '../tokens/known-secrets.ts'
import { lowestRole } from '../tokens/rights.ts'
import { type Manager, requireMayManage } from './change-members.ts'
import { columnsOf, requireWholeGrant, requireWorkspacesExist } from './grant.ts'
import { getMember, type MemberRow } from './store.ts'

/**
 * Changes an account inside `asManager`; answers it before and after. Tokens of others whose secret a person was shown who
 * is disabled or given a lower role are out of use from then on; answers their ids.
 */
export async function updateMember(
  trx: Db,
  manager: Manager,
  id: number,
  changes: Omit<UpdateMember, 'proof'>,
  now: Date,
): Promise<{ before: MemberRow; after: MemberRow; disabledTokens: number[] }> {
  const before = await getMember(trx, id)
  const role = changes.role ?? before.role
  requireMayManage(manager, before.role)
  requireMayManage(manager, role)
  const kept = before.role === 'member' && role === 'member' ? rightsOf(before) : {}
  const grant = { ...kept, role, ...given({ scopes: changes.scopes, workspaces: changes.workspaces }) }
  requireWholeGrant(grant)
  await requireWorkspacesExist(trx, changes.workspaces)
  const loses = changes.disabled === true || lowestRole(before.role, role) !== before.role
  const known = loses ? await disableKnownTo(trx, id, now) : []
  const disabledAt = changes.disabled === true ? (before.disabled_at ?? now) : null
  await trx
    .updateTable('user')
    .set({
      ...columnsOf(grant),
      name: changes.name ?? before.name,
      disabled_at: changes.disabled === undefined ? before.disabled_at : disabledAt,
    })
    .where('id', '=', id)
    .execute()
  if (changes.disabled === true) await deleteSessionsOf(trx, id)
  return { before, after: await getMember(trx, id), disabledTokens: known.map((token) => token.id) }
}

/** The fields that are not undefined. */
function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** What the audit log keeps of an account: nothing secret. */
export function shownInAudit(row: MemberRow): Record<string, unknown> {
  return { name: row.name, role: row.role, ...rightsOf(row), disabled: row.disabled_at !== null }
}
