import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { DisplayName } from './names.ts'
import { cursorPage } from './paging.ts'
import { Scopes } from './scopes.ts'

/** 10 years in seconds: the longest life short of "never". */
export const TOKEN_LIFE_MAX_SECONDS = 10 * 366 * 86_400

/** Workspaces a token reaches: all of them, or the listed ids. */
export const Workspaces = z.union([z.literal('all'), z.array(z.number().int().positive()).min(1, 'Choose a workspace')])
export type Workspaces = z.infer<typeof Workspaces>

export const TokenStatus = z.enum(['active', 'expired', 'revoked'])
export type TokenStatus = z.infer<typeof TokenStatus>

/** A token as lists show it: never the secret, which only the creating answer holds. Times are ISO strings. */
export const Token = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The first characters of the secret, `mdk_a1b2`, for recognising it. */
  prefix: z.string(),
  lastFour: z.string(),
  scopes: Scopes,
  workspaces: Workspaces,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** Written at most once a minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedFrom: z.string().nullable(),
  status: TokenStatus,
})
export type Token = z.infer<typeof Token>

export const CreateToken = z.strictObject({
  name: DisplayName,
  /** Life from now on in seconds; null = never expires. */
  expiresInSeconds: z
    .number()
    .int()
    .min(60, 'At least 60 seconds')
    .max(TOKEN_LIFE_MAX_SECONDS, 'At most ten years; use null for never')
    .nullable(),
  scopes: Scopes.refine(
    (scopes) => Object.values(scopes).some((letters) => letters !== ''),
    'Grant at least one scope',
  ),
  workspaces: Workspaces,
})
export type CreateToken = z.infer<typeof CreateToken>

export const CreatedToken = Token.extend({ token: z.string() })
export type CreatedToken = z.infer<typeof CreatedToken>

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

export const listTokens = endpoint({
  id: 'tokenList',
  method: 'GET',
  path: '/api:console/tokens',
  scope: 'session',
  reply: cursorPage(Token),
})

/** Takes effect on the next request, in every process. The row stays for the record. */
export const revokeToken = endpoint({
  id: 'tokenRevoke',
  method: 'DELETE',
  path: '/api:console/tokens/{id}',
  scope: 'session',
  changes: ['tokens'],
  params: z.object({ id: IdParam }),
  reply: z.null(),
})
