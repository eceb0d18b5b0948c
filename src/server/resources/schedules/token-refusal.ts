import { hasScope } from '#api/contract/scopes.ts'

import type { Db } from '../../db/connection.ts'
import { rightsNow, type RightsNow } from '../tokens/rights-now.ts'

/** What a run of a schedule does, and so what the token that made it must still be allowed to do. */
export const RUN_SCOPE = 'instance:workspace:read'

/** Why a schedule may not run with the rights of its token any more, in a sentence; undefined where it may. */
export async function tokenRefusal(
  db: Db,
  schedule: { token_id: number | null; workspace_id: number },
  now: Date,
): Promise<string | undefined> {
  if (schedule.token_id === null) return undefined
  const token = await rightsNow(db, schedule.token_id, now)
  const why = reasonOf(token, schedule.workspace_id)
  if (why === undefined) return undefined
  return `The access token "${token?.name ?? schedule.token_id}" that this schedule runs with ${why}. Sign in and save the schedule: it then runs with your rights.`
}

const NOT_ACTIVE = {
  revoked: 'was revoked',
  expired: 'has expired',
  disabled: 'is disabled',
} as const

function reasonOf(token: RightsNow | null, workspaceId: number): string | undefined {
  if (token === null) return 'does not exist any more'
  const { status, blockedBy, scopes, workspaces } = token
  if (status === 'blocked') {
    return blockedBy === 'maker' ? 'was made by an account that is disabled' : 'breaks the token policy'
  }
  if (status !== 'active') return NOT_ACTIVE[status]
  if (workspaces !== 'all' && !workspaces.includes(workspaceId)) return 'does not reach the workspace'
  return hasScope(scopes, RUN_SCOPE) ? undefined : `lacks the scope ${RUN_SCOPE}`
}
