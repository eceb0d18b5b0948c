import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { call } from '#api/client/call.ts'
import { finishRecovery, lookAtRecovery } from '#api/contract/recovery.ts'

import { afterFirstStep, session } from './session.ts'

/** An account as a recovery link opens it. `token` is the link's secret: kept in memory while the page is open, and nowhere else. */
export const recovery = {
  key: ['recovery'] as const,
  look: (token: string) =>
    queryOptions({
      // Beside the session: to use the link begins one, which drops everything else, and a used link must not be asked about.
      queryKey: [...session.key, ...recovery.key, 'look', token],
      queryFn: ({ signal }) => call(lookAtRecovery, { body: { token }, signal }),
      // Each look is counted as an attempt: it is not asked again because a window came to the front.
      staleTime: Infinity,
      gcTime: 0,
    }),
  /** Sets the new password; the answer sets the session cookie, or the second step is left. */
  finish: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof finishRecovery.body>) => call(finishRecovery, { body }),
      gcTime: 0,
      onSuccess: (reply, _body, _result, { client }) => afterFirstStep(client, reply),
    }),
}
