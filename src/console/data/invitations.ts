import { infiniteQueryOptions, mutationOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import {
  createInvitation,
  type CreateInvitation,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from '#api/contract/members.ts'

import { call } from './call.ts'
import { members } from './members.ts'
import type { ProofInput } from './second-factor.ts'

/** Invitations a page. */
const PAGE = 200

/** Invitations that were not accepted yet. Below the members' key: one event tells of both. */
export const invitations = {
  key: [...members.key, 'invitations'] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: [...invitations.key, 'list'],
      queryFn: ({ pageParam: cursor, signal }) => call(listInvitations, { query: { cursor, limit: PAGE }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  /** The answer holds the link, so it is dropped from the cache as soon as no screen looks at it. */
  create: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof CreateInvitation>) => call(createInvitation, { body }),
      gcTime: 0,
      onSettled: (_made, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: invitations.key }),
    }),
  /** As with `create`, the answer holds a link. */
  resend: () =>
    mutationOptions({
      mutationFn: ({ id, proof }: { id: number; proof: ProofInput }) =>
        call(resendInvitation, { params: { id }, body: proof }),
      gcTime: 0,
      onSettled: (_made, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: invitations.key }),
    }),
  revoke: () =>
    mutationOptions({
      mutationFn: (id: number) => call(revokeInvitation, { params: { id } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: invitations.key }),
    }),
}
