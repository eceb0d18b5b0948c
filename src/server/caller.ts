import { hasScope, type ScopeKey, scopeLabel, type Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { AppError } from './errors.ts'

/** Who makes a request: a person with a session, or an access token. */
export interface Caller {
  kind: 'session' | 'token'
  /** Id of the user or of the token. */
  id: number
  /** E-mail address of the person, or name and last four of the token; what the audit log shows. */
  label: string
  user: { id: number; name: string; email: string; role: 'owner' | 'admin' | 'member' } | null
  scopes: Scopes
  workspaces: Workspaces
  /** When the session or token ends; null = never. */
  expiresAt: Date | null
}

/** Throws 403 naming the scope unless the caller holds it. */
export function requireScope(caller: Caller, key: ScopeKey): void {
  if (hasScope(caller.scopes, key)) return
  throw new AppError(
    'access_denied',
    `Access Denied. This token lacks the scope ${key} ("${scopeLabel(key)}"). Grant it on a new token and use that one.`,
    { payload: { scope: key } },
  )
}

/** True where the caller may touch the workspace at all. */
export function reachesWorkspace(caller: Caller, workspaceId: number): boolean {
  return caller.workspaces === 'all' || caller.workspaces.includes(workspaceId)
}

/** Throws 403 unless the workspace is in the caller's reach. */
export function requireWorkspace(caller: Caller, workspaceId: number): void {
  if (reachesWorkspace(caller, workspaceId)) return
  throw new AppError('access_denied', `Access Denied. This token does not reach workspace ${workspaceId}.`, {
    payload: { reason: 'workspace', workspace: workspaceId },
  })
}
