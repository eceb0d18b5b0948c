import { mutationOptions, queryOptions } from '@tanstack/react-query'

import { getSessionPolicy, type SessionPolicy, updateSessionPolicy } from '#api/contract/sessions.ts'
import { getSignInPolicy, putSignInPolicy, type SignInPolicy } from '#api/contract/sign-in-methods.ts'

import { call } from './call.ts'
import type { ProofInput } from './second-factor.ts'

/** What is demanded of everybody who signs in, and how long a session lasts. */
export const signInRules = {
  key: ['sign-in-rules'] as const,
  secondStep: () =>
    queryOptions({
      queryKey: [...signInRules.key, 'second-step'],
      queryFn: ({ signal }) => call(getSignInPolicy, { signal }),
    }),
  saveSecondStep: () =>
    mutationOptions({
      mutationFn: (body: SignInPolicy & { proof: ProofInput }) => call(putSignInPolicy, { body }),
      // The proof must not outlive the dialog.
      gcTime: 0,
      onSettled: (_policy, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: signInRules.key }),
    }),
  lifetimes: () =>
    queryOptions({
      queryKey: [...signInRules.key, 'lifetimes'],
      queryFn: ({ signal }) => call(getSessionPolicy, { signal }),
    }),
  saveLifetimes: () =>
    mutationOptions({
      mutationFn: (body: SessionPolicy) => call(updateSessionPolicy, { body }),
      onSettled: (_policy, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: signInRules.key }),
    }),
}
