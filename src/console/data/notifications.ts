import { mutationOptions, queryOptions } from '@tanstack/react-query'

import {
  createChannel,
  deleteChannel,
  listChannels,
  listDeliveries,
  type SaveChannel,
  testChannel,
  updateChannel,
} from '#api/contract/notifications.ts'

import { call } from './call.ts'

/** Who is told what. Secrets leave the cache with their dialog. */
export const notifications = {
  key: ['notifications'] as const,
  channels: () =>
    queryOptions({
      queryKey: [...notifications.key, 'channels'],
      queryFn: async ({ signal }) => (await call(listChannels, { signal })).items,
    }),
  deliveries: (channelId?: number) =>
    queryOptions({
      queryKey: [...notifications.key, 'deliveries', { channelId }],
      queryFn: async ({ signal }) => (await call(listDeliveries, { query: { channelId, limit: 50 }, signal })).items,
    }),
  create: () =>
    mutationOptions({
      mutationFn: (body: SaveChannel) => call(createChannel, { body }),
      gcTime: 0,
      onSettled: (_channel, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: notifications.key }),
    }),
  update: (id: number) =>
    mutationOptions({
      mutationFn: (body: SaveChannel) => call(updateChannel, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_channel, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: notifications.key }),
    }),
  test: () =>
    mutationOptions({
      mutationFn: (id: number) => call(testChannel, { params: { id } }),
      onSettled: (_test, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: notifications.key }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (id: number) => call(deleteChannel, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) =>
        client.invalidateQueries({ queryKey: notifications.key }),
    }),
}
