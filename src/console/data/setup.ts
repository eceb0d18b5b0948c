import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { call } from '#api/client/call.ts'
import { getSession } from '#api/contract/session.ts'
import { completeSetup, type CompleteSetup, getSetup } from '#api/contract/setup.ts'

import { beginSession } from './session.ts'

export const setup = {
  key: ['setup'] as const,
  state: () =>
    queryOptions({
      queryKey: [...setup.key, 'state'],
      queryFn: ({ signal }) => call(getSetup, { signal }),
    }),
  /** Makes the owner; the answer sets the session cookie. */
  complete: () =>
    mutationOptions({
      mutationFn: async (body: z.input<typeof CompleteSetup>) => {
        await call(completeSetup, { body })
        return call(getSession)
      },
      // The password must not outlive the form.
      gcTime: 0,
      onSuccess: (signedIn, _body, _result, { client }) => {
        beginSession(client, signedIn)
        return client.invalidateQueries({ queryKey: setup.key })
      },
    }),
}
