import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { wholeNumber } from './numbers.ts'
import { Token, TOKEN_LIFE_MAX_SECONDS, TokenDependant } from './tokens.ts'

const Life = z.number().int().min(60, 'At least 60 seconds').max(TOKEN_LIFE_MAX_SECONDS, 'At most ten years')

/** The rules that access tokens of this instance keep. */
export const TokenPolicy = z.strictObject({
  /** Longest life of a token that ends; null = ten years. */
  maxLifeSeconds: Life.nullable(),
  /** What a token is given where nothing else is asked for. */
  defaultLifeSeconds: Life,
  /** True where tokens may be made that never end, whatever the longest life of others is. */
  allowsNever: z.boolean(),
  /** True where a new token that never ends needs a reason in words. */
  asksNeverReason: z.boolean().default(true),
})
export type TokenPolicy = z.infer<typeof TokenPolicy>

/** Before anybody sets one: 7 days unless asked otherwise, and no limits but that what never ends needs a reason. */
export const DEFAULT_TOKEN_POLICY: TokenPolicy = {
  maxLifeSeconds: null,
  defaultLifeSeconds: 7 * 86_400,
  allowsNever: true,
  asksNeverReason: true,
}

/** For everybody signed in: who makes a token needs to know the rules. */
export const getTokenPolicy = endpoint({
  id: 'tokenPolicyGet',
  method: 'GET',
  path: '/api:console/token-policy',
  scope: 'session',
  reply: TokenPolicy,
})

/** From the next request on, tokens that break it are refused; they are let in again when it allows them. */
export const putTokenPolicy = endpoint({
  id: 'tokenPolicyPut',
  method: 'PUT',
  path: '/api:console/token-policy',
  scope: 'session',
  role: 'admin',
  changes: ['tokens'],
  body: TokenPolicy,
  reply: TokenPolicy.extend({
    /** Tokens that are refused because of it. */
    violations: z.number().int(),
  }),
})

/** Violations in one answer at most: tokens that something in Metadeck runs with first, then the newest. */
export const VIOLATIONS_MAX = 200

/** `status` and `blockedBy` are those of now, also where a policy is only tried. */
export const TokenViolation = Token.extend({
  /** True where the token works now and the policy that is tried would refuse it. */
  wouldBlock: z.boolean(),
})
export type TokenViolation = z.infer<typeof TokenViolation>

/**
 * Tokens that break the policy and are neither expired nor revoked. With both parameters: those that would break such a
 * policy, before it is set. A member sees their own, owners and admins all.
 */
export const listTokenViolations = endpoint({
  id: 'tokenViolationList',
  method: 'GET',
  path: '/api:console/token-policy/violations',
  scope: 'session',
  query: z.object({
    /** Seconds; empty = no limit. */
    maxLifeSeconds: z.union([z.literal('').transform(() => null), wholeNumber(0).pipe(Life)]).optional(),
    allowsNever: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
  }),
  reply: z.object({ items: z.array(TokenViolation), total: z.number().int() }),
})

/** Tokens in one answer at most, the next to end first. */
export const EXPIRING_MAX = 100

/** Tokens that end soon and that nothing has taken the place of yet, with what breaks then. */
export const listExpiringTokens = endpoint({
  id: 'tokenExpiringList',
  method: 'GET',
  path: '/api:console/tokens/expiring',
  scope: 'session',
  query: z.object({ days: wholeNumber(1, 90).default(14) }),
  reply: z.object({
    items: z.array(
      z.object({
        token: Token,
        expiresAt: z.iso.datetime(),
        /** Days of the warning that it has reached: within 1, 7 or 14; null before. */
        warning: z.union([z.literal(1), z.literal(7), z.literal(14)]).nullable(),
        breaks: z.array(TokenDependant),
      }),
    ),
    total: z.number().int(),
  }),
})
