import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import { createToken, type CreateToken, listTokens, revokeToken } from '#api/contract/tokens.ts'

export const tokens = {
  key: ['tokens'] as const,
  list: () =>
    queryOptions({
      queryKey: [...tokens.key, 'list', {}],
      queryFn: ({ signal }) => call(listTokens, { signal }),
    }),
  /** The answer holds the secret, so it is dropped from the cache as soon as no screen looks at it. */
  create: () =>
    mutationOptions({
      mutationFn: (body: CreateToken) => call(createToken, { body }),
      gcTime: 0,
      onSettled: (_token, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: tokens.key }),
    }),
  revoke: () =>
    mutationOptions({
      mutationFn: (id: number) => call(revokeToken, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: tokens.key }),
    }),
}
