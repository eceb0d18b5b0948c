import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { wholeNumber } from './numbers.ts'
import { type ScopeKey, Scopes, SCOPES, scopeWord } from './scopes.ts'

/** Days that use is kept for. */
export const USAGE_DAYS_MAX = 90
export const USAGE_DAYS_DEFAULT = 30

const [FIRST_KEY, ...OTHER_KEYS] = SCOPES.flatMap((scope) =>
  scope.letters.map((letter): ScopeKey => `${scope.name}:${scopeWord(letter)}`),
)
if (FIRST_KEY === undefined) throw new Error('There are no scopes')
/** A scope that exists, such as `workspace:database:read`. */
export const KnownScopeKey = z.enum([FIRST_KEY, ...OTHER_KEYS])

const Calls = z.object({
  calls: z.number().int(),
  /** Those of them that were answered with 400 or more. */
  errors: z.number().int(),
})

/** What a token called. Days are those of UTC; counts may lag by a few seconds. */
export const TokenUsage = z.object({
  days: z.number().int(),
  /** Counted from here on: the first day asked for, or later where the token, or counting, is younger. */
  since: z.iso.datetime(),
  /** Every day of the span, the oldest first; days without a call have zeros. */
  byDay: z.array(Calls.extend({ day: z.iso.date() })),
  /** The most called first. */
  byOperation: z.array(
    Calls.extend({ operation: z.string(), method: z.string().nullable(), path: z.string().nullable() }),
  ),
  /** `2xx`, `4xx`, `5xx` … with the calls they answered. */
  byStatus: z.array(z.object({ status: z.string(), calls: z.number().int() })),
  /** The last 20 failures, the newest first; also calls that were refused before a token could do anything. */
  lastErrors: z.array(z.object({ at: z.iso.datetime(), operation: z.string(), status: z.number().int() })),
  /**
   * Granted, and asked for by a call in that time or by something that runs with the token. Calls that were refused (401,
   * 403) do not count: they did not use anything.
   */
  usedScopes: z.array(KnownScopeKey),
  /** Granted, and used by nothing in that time. */
  unusedScopes: z.array(KnownScopeKey),
  /** What `usedScopes` come to as a grant: rotate with these `scopes` for a smaller token. Empty where nothing was used. */
  smallerScopes: Scopes,
})
export type TokenUsage = z.infer<typeof TokenUsage>

export const getTokenUsage = endpoint({
  id: 'tokenUsage',
  method: 'GET',
  path: '/api:console/tokens/{id}/usage',
  scope: 'session',
  params: z.object({ id: IdParam }),
  query: z.object({ days: wholeNumber(1, USAGE_DAYS_MAX).default(USAGE_DAYS_DEFAULT) }),
  reply: TokenUsage,
})

const Verdict = z.enum(['allowed', 'refused'])

export const ProbedScope = z.object({
  scope: KnownScopeKey,
  /** "Workspace Database: Read" */
  label: z.string(),
  operation: z.string(),
  method: z.string(),
  /**
   * For rows with the data source that the call names, `… (x-data-source: live)`. Rows of `live` ask for Workspace Live
   * Data Source as well as Workspace Content; those of another data source for Workspace Content alone.
   */
  path: z.string(),
  /** True where the guard decided and the operation itself was not begun: every write, and reads that need an id. */
  isDry: z.boolean(),
  expected: Verdict,
  /** `unclear`: neither let in nor refused by the guard, such as over a rate limit. */
  actual: z.enum(['allowed', 'refused', 'unclear']),
  status: z.number().int(),
})

/** Each scope tried by a call that changes nothing; none where the token is not let in at all. */
export const TokenProbe = z.object({
  items: z.array(ProbedScope),
  /** True where every scope answered as expected. */
  isAsExpected: z.boolean(),
  /** Why the token is not let in at all, such as from an address that is not allowed; null where it is. */
  refusal: z.string().nullable(),
  /** The same as lines of text, for copying; holds no secret. */
  text: z.string(),
})
export type TokenProbe = z.infer<typeof TokenProbe>

/**
 * Tries every scope with the token's secret, which the server does not keep, through the guard that decides over real
 * calls. Changes nothing, and does not count as use.
 */
export const probeToken = endpoint({
  id: 'tokenProbe',
  method: 'POST',
  path: '/api:console/tokens/{id}/probe',
  scope: 'session',
  audited: false,
  params: z.object({ id: IdParam }),
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  bodyLimitBytes: 16_384,
  reply: TokenProbe,
})
