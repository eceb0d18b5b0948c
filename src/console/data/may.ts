import type { Endpoint, RoleRule } from '#api/contract/endpoint.ts'
import type { ErrorPayload } from '#api/contract/errors.ts'
import { hasScope, parseScopeKey, type ScopeKey, scopeLabel, scopeWord } from '#api/contract/scopes.ts'
import type { Session } from '#api/contract/session.ts'

/** What decides what somebody may do. */
export interface Rights extends Pick<Session, 'scopes' | 'workspaces'> {
  user: Pick<Session['user'], 'role'>
}

/** The workspace by its id; `beyond` = what belongs to none, so that all of them must be in reach. */
export type Where = number | 'beyond'

const RANK = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Session['user']['role'], number>

/**
 * Why the server would refuse the operation, as its 403 says it; undefined where it would not. The same rule as that of
 * the server's guard (`server/plugins/scope-guard.ts`): role and scopes come from the operation itself.
 */
export function refusalOf(me: Rights, endpoint: Endpoint, where?: Where): ErrorPayload | undefined {
  if (endpoint.role !== null && RANK[me.user.role] < RANK[endpoint.role]) return { reason: 'role', role: endpoint.role }
  const scope = scopesOf(endpoint).find((key) => !hasScope(me.scopes, key))
  if (scope !== undefined) return { scope }
  if (where === undefined || me.workspaces === 'all') return undefined
  if (where === 'beyond') return { reason: 'workspace' }
  return me.workspaces.includes(where) ? undefined : { reason: 'workspace', workspace: where }
}

/** True where the server would let the person do it. */
export function may(me: Rights, endpoint: Endpoint, where?: Where): boolean {
  return refusalOf(me, endpoint, where) === undefined
}

/** What the operation asks for. The console reads and writes rows of the data source live only, which asks for more. */
function scopesOf({ scope, dataSource }: Endpoint): ScopeKey[] {
  if (scope === 'any' || scope === 'session' || scope === 'public') return []
  return dataSource ? [scope, `workspace:livedatasource:${scopeWord(parseScopeKey(scope).letter)}`] : [scope]
}

const ROLE_WORDS = { admin: 'owners and admins', owner: 'owners' } as const satisfies Record<RoleRule, string>

/** What is missing and who can give it: "You need Instance Workspace: Read." */
export function refusalWords(payload: ErrorPayload): { cause: string; advice: string } | undefined {
  if (payload.reason === 'role') {
    return { cause: `This is for ${ROLE_WORDS[payload['role'] as RoleRule]}.`, advice: 'Ask one of them.' }
  }
  if (payload.reason === 'workspace') {
    const what = payload['workspace'] === undefined ? 'all workspaces' : `workspace ${String(payload['workspace'])}`
    return { cause: `Your account does not reach ${what}.`, advice: 'An owner or an admin can change that.' }
  }
  if (payload.reason !== undefined || payload.scope === undefined) return undefined
  const cause = `You need ${scopeLabel(payload.scope as ScopeKey)}.`
  return { cause, advice: 'An owner or an admin can give it to you.' }
}
