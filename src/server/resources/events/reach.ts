import type { EventResource } from '#api/contract/event-resource.ts'
import type { ServerEvent } from '#api/contract/events.ts'
import { hasScope, type ScopeKey, type ScopeRule } from '#api/contract/scopes.ts'

import { type Caller, hasRole, reachesWorkspace } from '../../caller.ts'
import { READERS } from './readers.ts'

/** True where the caller, who is signed in, may be told: of what they may read, in workspaces in their reach. */
export function mayHear(caller: Caller, event: ServerEvent): boolean {
  return isOwnAccount(caller, event) || (mayRead(caller, event.resource) && reaches(caller, event))
}

/**
 * Everybody is told that their own account changed, as their rights may have. The id may be that of somebody's session or
 * invitation: that is one more look at one's own rights.
 */
function isOwnAccount({ user }: Caller, { resource, id }: ServerEvent): boolean {
  return resource === 'members' && id !== undefined && id === user?.id
}

function mayRead(caller: Caller, resource: EventResource): boolean {
  const { reads, isBeyondWorkspaces = false } = READERS[resource]
  if (isBeyondWorkspaces && caller.workspaces !== 'all') return false
  return reads.some(
    ({ scope, role }) =>
      (role === null || hasRole(caller, role)) && (!isScopeKey(scope) || hasScope(caller.scopes, scope)),
  )
}

/** The others are open to everybody who is signed in. */
function isScopeKey(scope: ScopeRule): scope is ScopeKey {
  return scope.includes(':')
}

/** Progress of what belongs to a workspace that is gone is for those who reach all; what belongs to none is for everybody. */
function reaches(caller: Caller, event: ServerEvent): boolean {
  if (caller.workspaces === 'all') return true
  if (event.type === 'changed') {
    return event.workspaceId === undefined || reachesWorkspace(caller, event.workspaceId)
  }
  const { workspaceId } = event.item as { workspaceId?: unknown }
  return typeof workspaceId === 'number' && reachesWorkspace(caller, workspaceId)
}
