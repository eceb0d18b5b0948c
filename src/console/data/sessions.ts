import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import { endOtherSessions, endSession, listSessions } from '#api/contract/sessions.ts'

export interface SessionFilter {
  /** Those of everybody, for owners and admins; else the own ones. */
  all: boolean
  cursor: string | undefined
}

/** Sessions that are open. */
export const sessions = {
  key: ['sessions'] as const,
  list: ({ all, cursor }: SessionFilter) =>
    queryOptions({
      queryKey: [...sessions.key, 'list', { all, cursor }],
      queryFn: ({ signal }) =>
        call(listSessions, { query: { all: all ? 'true' : 'false', cursor, limit: 100 }, signal }),
    }),
  end: () =>
    mutationOptions({
      mutationFn: (id: number) => call(endSession, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: sessions.key }),
    }),
  endOthers: () =>
    mutationOptions({
      mutationFn: () => call(endOtherSessions),
      onSettled: (_reply, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: sessions.key }),
    }),
}
