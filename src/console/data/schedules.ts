import { keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  previewSchedule,
  provePassword,
  runSchedule,
  type SaveSchedule,
  updateSchedule,
} from '#api/contract/schedules.ts'

import { backups } from './backups.ts'
import { call } from './call.ts'

export type SchedulePreviewInput = z.input<typeof previewSchedule.body>

/** Backups on a timetable. Passwords leave the cache with their form. */
export const schedules = {
  key: ['schedules'] as const,
  list: (workspaceId?: number) =>
    queryOptions({
      queryKey: [...schedules.key, 'list', { workspaceId }],
      queryFn: async ({ signal }) => (await call(listSchedules, { query: { workspaceId }, signal })).items,
    }),
  detail: (id: number) =>
    queryOptions({
      queryKey: [...schedules.key, 'detail', id],
      queryFn: ({ signal }) => call(getSchedule, { params: { id }, signal }),
    }),
  /** What a timing and a retention mean; the last answer stays while the next one is on its way. */
  preview: (input: SchedulePreviewInput) =>
    queryOptions({
      queryKey: [...schedules.key, 'preview', input],
      queryFn: ({ signal }) => call(previewSchedule, { body: input, signal }),
      placeholderData: keepPreviousData,
      retry: false,
    }),
  save: (id?: number) =>
    mutationOptions({
      mutationFn: (body: SaveSchedule) =>
        id === undefined ? call(createSchedule, { body }) : call(updateSchedule, { params: { id }, body }),
      gcTime: 0,
      onSettled: (_schedule, _error, _body, _result, { client }) => stale(client),
    }),
  pause: () =>
    mutationOptions({
      mutationFn: ({ id, paused }: { id: number; paused: boolean }) =>
        call(pauseSchedule, { params: { id }, body: { paused } }),
      onSettled: (_schedule, _error, _input, _result, { client }) => stale(client),
    }),
  run: () =>
    mutationOptions({
      mutationFn: (id: number) => call(runSchedule, { params: { id } }),
      onSettled: (_run, _error, _id, _result, { client }) => stale(client),
    }),
  provePassword: () =>
    mutationOptions({
      mutationFn: ({ id, password }: { id: number; password: string }) =>
        call(provePassword, { params: { id }, body: { password } }),
      gcTime: 0,
      onSettled: (_schedule, _error, _input, _result, { client }) =>
        client.invalidateQueries({ queryKey: schedules.key }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (id: number) => call(deleteSchedule, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => stale(client),
    }),
}

/** Schedules, and what is told of backups and protection because of them. */
async function stale(client: { invalidateQueries: (filter: { queryKey: readonly unknown[] }) => Promise<void> }) {
  await Promise.all([
    client.invalidateQueries({ queryKey: schedules.key }),
    client.invalidateQueries({ queryKey: backups.key }),
  ])
}
