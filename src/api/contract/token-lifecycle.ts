import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { DisplayName } from './names.ts'
import {
  ChangedToken,
  CreatedToken,
  GrantedScopes,
  LifeSeconds,
  NeverReason,
  TokenDependant,
  TokenParams,
} from './tokens.ts'

/** Longest time that both tokens of a rotation work: 30 days. */
export const OVERLAP_MAX_SECONDS = 30 * 86_400

/** What `revokeAllTokens` asks to be typed. */
export const REVOKE_ALL_WORDS = 'revoke all tokens'

export const RotateToken = z.strictObject({
  /** How long the old token goes on; 0 = it is revoked at once. */
  overlapSeconds: z.number().int().min(0).max(OVERLAP_MAX_SECONDS, 'At most 30 days'),
  /** Absent = the life that the old one was given, counted from now. */
  expiresInSeconds: LifeSeconds.optional(),
  /** Fewer scopes than the old one has; absent = the same. */
  scopes: GrantedScopes.optional(),
  /** Why it never expires; absent = what was said of the old one. */
  neverReason: NeverReason.nullish(),
})
export type RotateToken = z.infer<typeof RotateToken>

/**
 * A new token in the place of one: same name, workspaces and addresses. What runs with the old one moves to the new one.
 * Workspaces that are gone are left out. 409 where the old one is revoked, expired or rotated already, or none is left.
 */
export const rotateToken = endpoint({
  id: 'tokenRotate',
  method: 'POST',
  path: '/api:console/tokens/{id}/rotate',
  scope: 'session',
  changes: ['tokens', 'schedules'],
  params: TokenParams,
  body: RotateToken,
  reply: CreatedToken.extend({
    /** What runs with the new token from now on. */
    moved: z.array(TokenDependant),
    /** What the new token's scopes do not do for any more. */
    breaks: z.array(TokenDependant),
  }),
  status: 201,
})

/** A new token with the scopes, workspaces and addresses of another, whatever became of that one. */
export const duplicateToken = endpoint({
  id: 'tokenDuplicate',
  method: 'POST',
  path: '/api:console/tokens/{id}/duplicate',
  scope: 'session',
  changes: ['tokens'],
  params: TokenParams,
  bodyOptional: true,
  body: z.strictObject({
    /** Absent = "<name> copy". */
    name: DisplayName.optional(),
    /** Absent = the life that the other one was given. */
    expiresInSeconds: LifeSeconds.optional(),
    /** Why it never expires; absent = what was said of the other one. */
    neverReason: NeverReason.nullish(),
  }),
  reply: CreatedToken,
  status: 201,
})

/** Refused from the next request on, in every process, until it is enabled. 409 where it is revoked or expired. */
export const disableToken = endpoint({
  id: 'tokenDisable',
  method: 'POST',
  path: '/api:console/tokens/{id}/disable',
  scope: 'session',
  changes: ['tokens'],
  params: TokenParams,
  reply: ChangedToken,
})

/** 409 where it is revoked or expired. */
export const enableToken = endpoint({
  id: 'tokenEnable',
  method: 'POST',
  path: '/api:console/tokens/{id}/enable',
  scope: 'session',
  changes: ['tokens'],
  params: TokenParams,
  reply: ChangedToken,
})

/** Revokes every token that the caller sees and that is not over yet: of a member their own, else all. */
export const revokeAllTokens = endpoint({
  id: 'tokenRevokeAll',
  method: 'POST',
  path: '/api:console/tokens/revoke-all',
  scope: 'session',
  changes: ['tokens'],
  body: z.strictObject({ confirm: z.literal(REVOKE_ALL_WORDS, `Type "${REVOKE_ALL_WORDS}"`) }),
  reply: z.object({ revoked: z.number().int(), breaks: z.array(TokenDependant) }),
})
