import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { call } from '#api/client/call.ts'
import { acceptInvitation, lookAtInvitation } from '#api/contract/members.ts'

import { afterFirstStep, session } from './session.ts'

/** An invitation as its link opens it. `token` is the link's secret: kept in memory while the page is open, and nowhere else. */
export const invitation = {
  key: ['invitation'] as const,
  look: (token: string) =>
    queryOptions({
      // Beside the session: to accept begins one, which drops everything else, and a used link must not be asked about.
      queryKey: [...session.key, ...invitation.key, 'look', token],
      queryFn: ({ signal }) => call(lookAtInvitation, { body: { token }, signal }),
      // Each look is counted as an attempt: it is not asked again because a window came to the front.
      staleTime: Infinity,
      gcTime: 0,
    }),
  /** Makes the account; the answer sets the session cookie, or the second step is left. */
  accept: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof acceptInvitation.body>) => call(acceptInvitation, { body }),
      gcTime: 0,
      onSuccess: (reply, _body, _result, { client }) => afterFirstStep(client, reply),
    }),
}
