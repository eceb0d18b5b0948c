import { hasScope, type Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { rightsNow, type RightsNow } from '../tokens/rights-now.ts'

/** What a run of a schedule does, and so what whoever saved it last must still be allowed to do. */
export const RUN_SCOPE = 'instance:workspace:read'

interface Saved {
  token_id: number | null
  saved_by: number | null
  workspace_id: number
}

/** Why a schedule may not run with the rights of who saved it any more, in a sentence; undefined where it may. */
export async function runRefusal(db: Db, schedule: Saved, now: Date): Promise<string | undefined> {
  const { token_id: tokenId, saved_by: personId, workspace_id: workspaceId } = schedule
  const why =
    tokenId === null
      ? await personRefusal(db, personId, workspaceId)
      : await tokenRefusal(db, tokenId, workspaceId, now)
  return why === undefined ? undefined : `${why}. Sign in and save the schedule: it then runs with your rights.`
}

async function tokenRefusal(db: Db, id: number, workspaceId: number, now: Date): Promise<string | undefined> {
  const token = await rightsNow(db, id, now)
  const why = reasonOf(token, workspaceId)
  if (why === undefined) return undefined
  return `The access token "${token?.name ?? id}" that this schedule runs with ${why}`
}

const NOT_ACTIVE = {
  revoked: 'was revoked',
  expired: 'has expired',
  disabled: 'is disabled',
} as const

function reasonOf(token: RightsNow | null, workspaceId: number): string | undefined {
  if (token === null) return 'does not exist any more'
  const { status, blockedBy } = token
  if (status === 'blocked') {
    return blockedBy === 'maker' ? 'was made by an account that is disabled' : 'breaks the token policy'
  }
  return status === 'active' ? missing(token, workspaceId) : NOT_ACTIVE[status]
}

async function personRefusal(db: Db, id: number | null, workspaceId: number): Promise<string | undefined> {
  const person = await db
    .selectFrom('user')
    .select(['name', 'role', 'scopes', 'workspaces', 'disabled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (person === undefined) return 'The account that saved this schedule last does not exist any more'
  const why = person.disabled_at === null ? missing(rightsOf(person), workspaceId) : 'is disabled'
  return why === undefined ? undefined : `The account of ${person.name}, who saved this schedule last, ${why}`
}

function missing({ scopes, workspaces }: { scopes: Scopes; workspaces: Workspaces }, id: number): string | undefined {
  if (workspaces !== 'all' && !workspaces.includes(id)) return 'does not reach the workspace'
  return hasScope(scopes, RUN_SCOPE) ? undefined : `lacks the scope ${RUN_SCOPE}`
}
