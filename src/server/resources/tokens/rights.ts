import { SCOPE_LETTERS, SCOPE_NAMES, type ScopeKey, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import type { Role } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'

/** What somebody may do, and where. */
export interface Rights {
  scopes: Scopes
  workspaces: Workspaces
}

/** A grant as a list of keys, in the order of the matrix. */
export function scopeKeys(scopes: Scopes): ScopeKey[] {
  return SCOPE_NAMES.flatMap((name) =>
    SCOPE_LETTERS.filter((letter) => scopes[name]?.includes(letter)).map(
      (letter): ScopeKey => `${name}:${scopeWord(letter)}`,
    ),
  )
}

/** A list of keys as a grant. */
export function toScopes(keys: readonly ScopeKey[]): Scopes {
  const scopes: Scopes = {}
  for (const name of SCOPE_NAMES) {
    const letters = SCOPE_LETTERS.filter((letter) => keys.includes(`${name}:${scopeWord(letter)}`)).join('')
    if (letters !== '') scopes[name] = letters
  }
  return scopes
}

/** What both allow. */
export function intersect(granted: Rights, held: Rights): Rights {
  const keys = new Set(scopeKeys(held.scopes))
  return {
    scopes: toScopes(scopeKeys(granted.scopes).filter((key) => keys.has(key))),
    workspaces: intersectWorkspaces(granted.workspaces, held.workspaces),
  }
}

function intersectWorkspaces(granted: Workspaces, held: Workspaces): Workspaces {
  if (granted === 'all') return held
  return held === 'all' ? granted : granted.filter((id) => held.includes(id))
}

const FROM_LOWEST = ['member', 'admin', 'owner'] as const satisfies Role[]

/** The lowest of these roles; null where none is given. */
export function lowestRole(...roles: readonly (Role | null)[]): Role | null {
  return FROM_LOWEST.find((role) => roles.includes(role)) ?? null
}

/** Scopes of the one grant that the other one lacks. */
export function scopesBeyond(wanted: Scopes, held: Scopes): ScopeKey[] {
  const keys = new Set(scopeKeys(held))
  return scopeKeys(wanted).filter((key) => !keys.has(key))
}

/** Throws 403 naming what is wanted and not held: nobody grants more than they hold. */
export function requireHeld(wanted: Rights, held: Rights): void {
  const scopes = scopesBeyond(wanted.scopes, held.scopes)
  const workspaces = workspacesBeyond(wanted.workspaces, held.workspaces)
  if (scopes.length === 0 && workspaces.length === 0) return
  const parts = [
    scopes.length > 0 && `the scopes ${scopes.join(', ')}`,
    workspaces.length > 0 && (workspaces[0] === 'all' ? 'all workspaces' : `the workspaces ${workspaces.join(', ')}`),
  ].filter(Boolean)
  throw new AppError(
    'access_denied',
    `Access Denied. You do not hold ${parts.join(' and ')} yourself, so you cannot give a token that much. Leave it out, or ask an owner or an admin.`,
    { payload: { reason: 'beyond_own_rights', scopes, workspaces } },
  )
}

function workspacesBeyond(wanted: Workspaces, held: Workspaces): (number | 'all')[] {
  if (held === 'all') return []
  return wanted === 'all' ? ['all'] : wanted.filter((id) => !held.includes(id))
}
