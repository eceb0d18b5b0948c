import {
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { z } from 'zod'

import {
  disableToken,
  duplicateToken,
  enableToken,
  REVOKE_ALL_WORDS,
  revokeAllTokens,
  rotateToken,
  type RotateToken,
} from '#api/contract/token-lifecycle.ts'
import {
  getTokenPolicy,
  listExpiringTokens,
  listTokenViolations,
  putTokenPolicy,
  type TokenPolicy,
} from '#api/contract/token-policy.ts'
import { probeToken } from '#api/contract/token-usage.ts'
import {
  createToken,
  type CreateToken,
  getToken,
  listTokens,
  revokeToken,
  type TokenListQuery,
} from '#api/contract/tokens.ts'

import { call } from './call.ts'
import { schedules } from './schedules.ts'

/** Above what a table draws whole, so that a list with a second page is drawn row by row from the start. */
const LIST_PAGE = 300

/** Days of the earliest warning before a token's end. */
const WARNING_DAYS = 14

export type TokenFilter = Partial<Omit<TokenListQuery, 'cursor'>>
export type DuplicateTokenInput = { id: number } & z.input<typeof duplicateToken.body>

const refreshTokens = (client: QueryClient) => client.invalidateQueries({ queryKey: tokens.key })

/** Schedules name the token that they run with, so they change with it. */
const refreshUsers = (client: QueryClient) =>
  Promise.all([refreshTokens(client), client.invalidateQueries({ queryKey: schedules.key })])

/** Access tokens of this instance. An answer with a secret is dropped as soon as no screen looks at it. */
export const tokens = {
  key: ['tokens'] as const,
  /** Page by page; those of the filter before stay in view while the next ones come. */
  list: (filter: TokenFilter = {}) =>
    infiniteQueryOptions({
      queryKey: [...tokens.key, 'list', filter],
      queryFn: ({ signal, pageParam }) =>
        call(listTokens, { query: { limit: LIST_PAGE, ...filter, cursor: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  detail: (id: number) =>
    queryOptions({
      queryKey: [...tokens.key, 'detail', id],
      queryFn: ({ signal }) => call(getToken, { params: { id }, signal }),
    }),
  /** Those that end within the earliest warning. */
  expiring: () =>
    queryOptions({
      queryKey: [...tokens.key, 'expiring'],
      queryFn: ({ signal }) => call(listExpiringTokens, { query: { days: WARNING_DAYS }, signal }),
    }),
  policy: () =>
    queryOptions({
      queryKey: [...tokens.key, 'policy'],
      queryFn: ({ signal }) => call(getTokenPolicy, { signal }),
    }),
  /** Tokens that would break a policy with these limits; the last answer stays while the next one is on its way. */
  violations: ({ maxLifeSeconds, allowsNever }: Pick<TokenPolicy, 'maxLifeSeconds' | 'allowsNever'>) =>
    queryOptions({
      queryKey: [...tokens.key, 'violations', { maxLifeSeconds, allowsNever }],
      queryFn: ({ signal }) =>
        call(listTokenViolations, {
          query: { maxLifeSeconds: maxLifeSeconds ?? '', allowsNever: allowsNever ? 'true' : 'false' },
          signal,
        }),
      placeholderData: keepPreviousData,
    }),
  savePolicy: () =>
    mutationOptions({
      mutationFn: (body: TokenPolicy) => call(putTokenPolicy, { body }),
      onSettled: (_policy, _error, _body, _result, { client }) => refreshTokens(client),
    }),
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateToken) => call(createToken, { body }),
      gcTime: 0,
      onSettled: (_token, _error, _body, _result, { client }) => refreshTokens(client),
    }),
  rotate: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: { id: number } & RotateToken) => call(rotateToken, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_token, _error, _input, _result, { client }) => refreshUsers(client),
    }),
  duplicate: () =>
    mutationOptions({
      mutationFn: ({ id, ...body }: DuplicateTokenInput) => call(duplicateToken, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_token, _error, _input, _result, { client }) => refreshTokens(client),
    }),
  /** Puts a token out of use for now, or back into it. */
  enable: () =>
    mutationOptions({
      mutationFn: ({ id, isEnabled }: { id: number; isEnabled: boolean }) =>
        call(isEnabled ? enableToken : disableToken, { params: { id } }),
      onSettled: (_token, _error, _input, _result, { client }) => refreshTokens(client),
    }),
  revoke: () =>
    mutationOptions({
      mutationFn: (id: number) => call(revokeToken, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => refreshTokens(client),
    }),
  revokeAll: () =>
    mutationOptions({
      mutationFn: () => call(revokeAllTokens, { body: { confirm: REVOKE_ALL_WORDS } }),
      onSettled: (_reply, _error, _input, _result, { client }) => refreshTokens(client),
    }),
  /** Takes the secret, which must not outlive the panel it was pasted into. */
  probe: () =>
    mutationOptions({
      mutationFn: ({ id, token }: { id: number; token: string }) =>
        call(probeToken, { params: { id }, body: { token } }),
      gcTime: 0,
    }),
}
