import type { RoleRule } from '#api/contract/endpoint.ts'
import { ALL_SCOPES, hasScope, type ScopeKey, scopeLabel, type Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import type { Role } from './db/account-tables.ts'
import { AppError } from './errors.ts'

/** Who makes a request: a person with a session, or an access token. */
export interface Caller {
  kind: 'session' | 'token'
  /** Id of the user or of the token. */
  id: number
  /** E-mail address of the person, or name and last four of the token; what the audit log shows. */
  label: string
  user: { id: number; name: string; email: string; role: Role } | null
  /** Public id of the session; absent for tokens. */
  sessionId?: number
  /** What the caller may do now: of a token what was granted and its maker holds. */
  scopes: Scopes
  workspaces: Workspaces
  /** What a token was granted, where its maker holds less; refusals then say whose account lacks it. */
  granted?: { scopes: Scopes; workspaces: Workspaces }
  /** When the session or token ends; null = never. */
  expiresAt: Date | null
}

/** Throws 403 naming the scope unless the caller holds it. */
export function requireScope(caller: Caller, key: ScopeKey): void {
  if (hasScope(caller.scopes, key)) return
  const lacks = `lacks the scope ${key} ("${scopeLabel(key)}")`
  const message = scopeRefusal(caller, key, lacks)
  throw new AppError('access_denied', `Access Denied. ${message}`, { payload: { scope: key } })
}

function scopeRefusal({ kind, granted, user }: Caller, key: ScopeKey, lacks: string): string {
  if (kind === 'session') return `Your account ${lacks}. Ask an owner or an admin to grant it.`
  if (granted === undefined || !hasScope(granted.scopes, key)) {
    return `This token ${lacks}. Grant it on a new token and use that one.`
  }
  return `${makerOf(user)} ${lacks}, and a token may do no more than that account. Ask an owner or an admin to grant it there, or use a token of another account.`
}

/** Whose rights bound those of a token, in words. */
function makerOf(user: Caller['user']): string {
  return user === null ? 'The account that made this token' : `The account of ${user.name}, who made this token,`
}

const RANK = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Role, number>

/** True where the person who calls has the role, or a higher one. A token counts as the person who made it. */
export function hasRole(caller: Caller, role: RoleRule): boolean {
  return caller.user !== null && RANK[caller.user.role] >= RANK[role]
}

const ALLOWED = { admin: 'owners and admins', owner: 'owners' } as const satisfies Record<RoleRule, string>

/** Throws 403 naming the role unless the person who calls has it, or a higher one. */
export function requireRole(caller: Caller, role: RoleRule): void {
  if (hasRole(caller, role)) return
  const own = caller.user === null ? '' : ` Your role is ${caller.user.role}.`
  throw new AppError('access_denied', `Access Denied. This is for ${ALLOWED[role]}.${own} Ask one of them.`, {
    payload: { reason: 'role', role },
  })
}

/** True where the caller may touch the workspace at all. */
export function reachesWorkspace(caller: Caller, workspaceId: number): boolean {
  return caller.workspaces === 'all' || caller.workspaces.includes(workspaceId)
}

/** Throws 403 unless the workspace is in the caller's reach. */
export function requireWorkspace(caller: Caller, workspaceId: number): void {
  if (reachesWorkspace(caller, workspaceId)) return
  const who = whoLacksReach(caller, workspaceId)
  throw new AppError('access_denied', `Access Denied. ${who} does not reach workspace ${workspaceId}.`, {
    payload: { reason: 'workspace', workspace: workspaceId },
  })
}

function whoLacksReach({ kind, granted, user }: Caller, workspaceId: number): string {
  if (kind === 'session') return 'Your account'
  const { workspaces = [] } = granted ?? {}
  const wasGranted = workspaces === 'all' || workspaces.includes(workspaceId)
  return wasGranted ? makerOf(user) : 'This token'
}

/** What an account holds: owners and admins everything, a member what their row says (null = everything). */
export function rightsOf(account: {
  role: Role
  scopes: Scopes | null
  workspaces: number[] | null
}): Pick<Caller, 'scopes' | 'workspaces'> {
  if (account.role !== 'member') return { scopes: ALL_SCOPES, workspaces: 'all' }
  return { scopes: account.scopes ?? ALL_SCOPES, workspaces: account.workspaces ?? 'all' }
}
