import { mutationOptions, queryOptions } from '@tanstack/react-query'

import {
  createOidcProvider,
  deleteOidcProvider,
  listOidcProviders,
  type SaveOidcProvider,
  testOidcProvider,
  updateOidcProvider,
} from '#api/contract/oidc.ts'

import { call } from './call.ts'

/** Providers by which people sign in; for owners. Client secrets and proofs leave the cache with their form. */
export const oidc = {
  key: ['oidc-providers'] as const,
  list: () =>
    queryOptions({
      queryKey: [...oidc.key, 'list'],
      queryFn: async ({ signal }) => (await call(listOidcProviders, { signal })).items,
    }),
  /** Adds a provider, or changes the one with this id. */
  save: () =>
    mutationOptions({
      mutationFn: ({ id, body }: { id: number | undefined; body: SaveOidcProvider }) =>
        id === undefined ? call(createOidcProvider, { body }) : call(updateOidcProvider, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_provider, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: oidc.key }),
    }),
  test: () =>
    mutationOptions({
      mutationFn: (id: number) => call(testOidcProvider, { params: { id } }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (id: number) => call(deleteOidcProvider, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: oidc.key }),
    }),
}
