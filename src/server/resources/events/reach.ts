import type { ServerEvent } from '#api/contract/events.ts'

import { type Caller, reachesWorkspace } from '../../caller.ts'

/**
 * True where the caller may be told: of a workspace in reach, or of no workspace at all. Progress of what belongs to
 * a workspace that is gone is for those who reach all.
 */
export function mayHear(caller: Caller, event: ServerEvent): boolean {
  if (caller.workspaces === 'all') return true
  if (event.type === 'changed') {
    return event.workspaceId === undefined || reachesWorkspace(caller, event.workspaceId)
  }
  const { workspaceId } = event.item as { workspaceId?: unknown }
  return typeof workspaceId === 'number' && reachesWorkspace(caller, workspaceId)
}
