import type { Token } from '#api/contract/tokens.ts'

import type { Trail } from '../../route.ts'

/** Names the token that a request was about, for the audit log. */
export function followToken(trail: Trail, { id, name, lastFour }: Pick<Token, 'id' | 'name' | 'lastFour'>): void {
  trail.target = { kind: 'token', id, name, lastFour }
}

/** What a token was given, as the audit log keeps it. */
export function grantOf(token: Token): Record<string, unknown> {
  const { scopes, workspaces, expiresAt, allowedIps, neverReason } = token
  return { scopes, workspaces, expiresAt, allowedIps, neverReason }
}
