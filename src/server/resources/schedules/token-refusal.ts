import { hasScope } from '#api/contract/scopes.ts'

import type { Db } from '../../db/connection.ts'

/** What a run of a schedule does, and so what the token that made it must still be allowed to do. */
export const RUN_SCOPE = 'instance:workspace:read'

/** Why a schedule may not run with the rights of its token any more, in a sentence; undefined where it may. */
export async function tokenRefusal(
  db: Db,
  schedule: { token_id: number | null; workspace_id: number },
  now: Date,
): Promise<string | undefined> {
  if (schedule.token_id === null) return undefined
  const token = await db
    .selectFrom('access_token')
    .select(['name', 'scopes', 'workspaces', 'expires_at', 'revoked_at'])
    .where('id', '=', schedule.token_id)
    .executeTakeFirst()
  const why = reasonOf(token, schedule.workspace_id, now)
  if (why === undefined) return undefined
  return `The access token "${token?.name ?? schedule.token_id}" that this schedule runs with ${why}. Sign in and save the schedule: it then runs with your rights.`
}

interface TokenRights {
  scopes: Parameters<typeof hasScope>[0]
  workspaces: number[] | null
  expires_at: Date | null
  revoked_at: Date | null
}

function reasonOf(token: TokenRights | undefined, workspaceId: number, now: Date): string | undefined {
  if (token === undefined) return 'does not exist any more'
  if (token.revoked_at !== null) return 'was revoked'
  if (token.expires_at !== null && token.expires_at <= now) return 'has expired'
  if (token.workspaces !== null && !token.workspaces.includes(workspaceId)) return 'does not reach the workspace'
  return hasScope(token.scopes, RUN_SCOPE) ? undefined : `lacks the scope ${RUN_SCOPE}`
}
