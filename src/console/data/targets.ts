import { mutationOptions, queryOptions } from '@tanstack/react-query'

import {
  createTarget,
  deleteTarget,
  listTargets,
  type SaveTarget,
  testTarget,
  tryTarget,
  type TargetSettings,
  updateTarget,
} from '#api/contract/targets.ts'

import { call, requireMay } from './call.ts'

/** Settings that are tried before they are saved; `targetId` is the saved target whose secret is meant without one. */
export interface TryTarget {
  settings: TargetSettings
  secret?: string
  targetId?: number
}

/** Places for archives. The first is the folder of the instance. Secrets leave the cache with their dialog. */
export const targets = {
  key: ['targets'] as const,
  list: () =>
    queryOptions({
      queryKey: [...targets.key, 'list'],
      queryFn: async ({ signal }) => {
        requireMay(listTargets, 'beyond')
        return (await call(listTargets, { signal })).items
      },
    }),
  save: (id?: number) =>
    mutationOptions({
      mutationFn: (body: SaveTarget) =>
        id === undefined ? call(createTarget, { body }) : call(updateTarget, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_target, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: targets.key }),
    }),
  try: () => mutationOptions({ mutationFn: (body: TryTarget) => call(tryTarget, { body }), gcTime: 0 }),
  test: () =>
    mutationOptions({
      mutationFn: (id: number) => call(testTarget, { params: { id } }),
      onSettled: (_test, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: targets.key }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (id: number) => call(deleteTarget, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: targets.key }),
    }),
}
