import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { DisplayName } from './names.ts'
import { wholeNumber } from './numbers.ts'
import { cursorPage } from './paging.ts'
import { ScopeName, Scopes } from './scopes.ts'
import { KnownScopeKey, TokenUsage } from './token-usage.ts'

/** 10 years in seconds: the longest life short of "never". */
export const TOKEN_LIFE_MAX_SECONDS = 10 * 366 * 86_400
/** Entries of an allow-list at most. */
export const ALLOWED_IPS_MAX = 100
/** Workspaces that are chosen one by one at most; who reaches more is better given all. */
const CHOSEN_WORKSPACES_MAX = 5_000
/** Days of the small chart that each token of a list has. */
export const LIST_CALL_DAYS = 30

/** Workspaces a token reaches: all of them, or the listed ids, each once. */
export const Workspaces = z.union([
  z.literal('all'),
  list(z.number().int().positive())
    .min(1, 'Choose a workspace')
    .max(CHOSEN_WORKSPACES_MAX)
    .overwrite((ids) => [...new Set(ids)]),
])
export type Workspaces = z.infer<typeof Workspaces>

/** Workspaces in reach at this moment: all of them, or their ids, which may be none. */
export const WorkspacesInReach = z.union([z.literal('all'), z.array(z.number().int())])

/**
 * Only `active` ones are let in. `disabled`: put out of use for now; `blocked`: see `blockedBy`; `expired` and `revoked`
 * are for good.
 */
export const TokenStatus = z.enum(['active', 'disabled', 'blocked', 'expired', 'revoked'])
export type TokenStatus = z.infer<typeof TokenStatus>

/** The other token of a rotation. */
export const TokenLink = z.object({
  id: z.number().int(),
  name: z.string(),
  prefix: z.string(),
  lastFour: z.string(),
  status: TokenStatus,
  createdAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type TokenLink = z.infer<typeof TokenLink>

/** Something in Metadeck that runs with a token, and stops when the token does. */
export const TokenDependant = z.object({
  /** `schedule`, … */
  kind: z.string(),
  id: z.number().int(),
  name: z.string(),
  workspace: z.object({ id: z.number().int(), name: z.string() }).nullable(),
})
export type TokenDependant = z.infer<typeof TokenDependant>

/** A token as lists show it: never the secret, which only the creating answer holds. Times are ISO strings. */
export const Token = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The first characters of the secret, `mdk_a1b2`, for recognising it. */
  prefix: z.string(),
  lastFour: z.string(),
  /** As granted. What the token may do is bounded by what its maker may do at the time of each call. */
  scopes: Scopes,
  /** What the token may do now: of its scopes those that its maker holds too. */
  effectiveScopes: Scopes.optional(),
  workspaces: Workspaces,
  /** What the token reaches now: of its workspaces those that its maker reaches too, which may be none. */
  effectiveWorkspaces: WorkspacesInReach.optional(),
  /** Addresses and ranges it may be used from; null = from anywhere. */
  allowedIps: z.array(z.string()).nullable(),
  /** Who made it; null where that account is gone, or none made it. */
  createdBy: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** Why it never ends, in its maker's words. */
  neverReason: z.string().nullable(),
  disabledAt: z.iso.datetime().nullable(),
  /**
   * `secret_known`: whoever was shown the secret was removed, disabled or given a lower role, and may still know it. Null
   * where a person disabled it. Enabling accepts that; rotating makes a secret that they do not know.
   */
  disabledBecause: z.enum(['secret_known']).nullable().optional(),
  /** Who was shown the secret, where that is not who made it; the name is null where that account is gone. */
  secretShownTo: z.object({ id: z.number().int(), name: z.string().nullable() }).nullable().optional(),
  /** Written at most once a minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedFrom: z.string().nullable(),
  status: TokenStatus,
  /** `policy`: it breaks the token policy; `maker`: the account that made it is disabled. */
  blockedBy: z.enum(['policy', 'maker']).nullable(),
  /** How many things in Metadeck run with it; the token itself names them. */
  usedBy: z.number().int(),
  /** The token that takes its place; null where it was not rotated. */
  rotatedTo: TokenLink.nullable(),
  /** The token whose place it takes. */
  rotatedFrom: TokenLink.nullable(),
  /** Calls a day over the last `LIST_CALL_DAYS` days, the oldest first, the last one today (UTC). */
  callsByDay: z.array(z.number().int()),
})
export type Token = z.infer<typeof Token>

/** Life from now on in seconds; null = never expires. */
export const LifeSeconds = z
  .number()
  .int()
  .min(60, 'At least 60 seconds')
  .max(TOKEN_LIFE_MAX_SECONDS, 'At most ten years; use null for never')
  .nullable()

/** Why a token must never expire; the token policy may ask for it. */
export const NeverReason = z.string().trim().min(8, 'Say in a few words why it must never expire').max(500)

/** A grant of at least one letter. */
export const GrantedScopes = Scopes.refine(
  (scopes) => Object.values(scopes).some((letters) => letters !== ''),
  'Grant at least one scope',
)

export const CreateToken = z.strictObject({
  name: DisplayName,
  /** Absent = the default life of the token policy. */
  expiresInSeconds: LifeSeconds.optional(),
  scopes: GrantedScopes,
  workspaces: Workspaces,
  /**
   * IPv4 and IPv6 addresses and ranges such as `10.0.0.0/8`, kept each once and without host bits (`10.1.2.3/8` is that
   * range). Absent, null or empty = from anywhere.
   */
  allowedIps: list(z.string().trim().min(1).max(60)).max(ALLOWED_IPS_MAX).nullish(),
  neverReason: NeverReason.nullish(),
})
export type CreateToken = z.infer<typeof CreateToken>

export const CreatedToken = Token.extend({ token: z.string() })
export type CreatedToken = z.infer<typeof CreatedToken>

/** A token after a change, and what does not run any more because of it. */
export const ChangedToken = Token.extend({ breaks: z.array(TokenDependant) })
export type ChangedToken = z.infer<typeof ChangedToken>

export const TokenParams = z.object({ id: IdParam })

/**
 * Nobody grants more than they hold: scopes and workspaces beyond the caller's are refused with 403 that names them. What
 * breaks the token policy is refused with 400 that names the rule.
 */
export const createToken = endpoint({
  id: 'tokenCreate',
  method: 'POST',
  path: '/api:console/tokens',
  scope: 'session',
  changes: ['tokens'],
  body: CreateToken,
  reply: CreatedToken,
  status: 201,
})

/** `danger`: by what the token can do now at worst (`scope-dangers.ts`), and where. */
export const TokenSort = z.enum(['created', 'name', 'lastUsed', 'expires', 'danger'])
export type TokenSort = z.infer<typeof TokenSort>

export const TokenListQuery = z.object({
  cursor: z.string().max(1_000).optional(),
  limit: wholeNumber(1, 1_000).default(200),
  /** Words, all of which name, prefix or last four hold. */
  search: z.string().max(200).default(''),
  status: TokenStatus.optional(),
  sort: TokenSort.default('created'),
  /** Never used comes before used, never ending after all that end. */
  order: z.enum(['asc', 'desc']).default('desc'),
  /** Those that reach this workspace now. */
  workspaceId: IdParam.optional(),
  /** Those that this account made. */
  madeBy: IdParam.optional(),
  /** Those granted this scope, `workspace:content:delete`, or any letter of it, `workspace:content`. */
  scope: z.union([KnownScopeKey, ScopeName]).optional(),
  /** Those that can do now what is dangerous (`scope-dangers.ts`); a grant that its maker's rights cut off does not count. */
  dangerous: z.literal('true').optional(),
})
export type TokenListQuery = z.infer<typeof TokenListQuery>

/** A member sees the tokens they made; owners and admins see all. */
export const listTokens = endpoint({
  id: 'tokenList',
  method: 'GET',
  path: '/api:console/tokens',
  scope: 'session',
  query: TokenListQuery,
  reply: cursorPage(Token).extend({
    /** How many match, on all pages. */
    total: z.number().int(),
    /** How many of each status match everything but `status` and `dangerous`. */
    counts: z.record(TokenStatus, z.number().int()),
    /**
     * Of all active tokens that the caller sees: ending within 7 days with none in their place, not used for 30 days, and
     * dangerous by what they can do now.
     */
    attention: z.object({
      expiring: z.number().int(),
      unused: z.number().int(),
      dangerous: z.number().int().optional(),
    }),
  }),
})

/** One token whole: what runs with it, by name, and its use over the last 30 days. */
export const getToken = endpoint({
  id: 'tokenGet',
  method: 'GET',
  path: '/api:console/tokens/{id}',
  scope: 'session',
  params: TokenParams,
  reply: Token.extend({ dependants: z.array(TokenDependant), usage: TokenUsage }),
})

/** For good. Takes effect on the next request, in every process. The row stays for the record. */
export const revokeToken = endpoint({
  id: 'tokenRevoke',
  method: 'DELETE',
  path: '/api:console/tokens/{id}',
  scope: 'session',
  changes: ['tokens'],
  params: TokenParams,
  reply: ChangedToken,
})
