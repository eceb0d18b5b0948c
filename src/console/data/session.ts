import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { ApiError } from '#api/client/api-error.ts'
import { call } from '#api/client/call.ts'
import { getSession, type Session, signIn, type SignIn, signOut } from '#api/contract/session.ts'
import type { SignInStep } from '#api/contract/sign-in-step.ts'

/** Signed in, or not and why: nobody was, the person left, or the time was over. */
export interface SessionState {
  signedIn: Session | null
  reason: 'signed-in' | 'none' | 'left' | 'expired'
}

async function readSession(signal: AbortSignal): Promise<SessionState> {
  try {
    return { signedIn: await call(getSession, { signal }), reason: 'signed-in' }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthorized') return { signedIn: null, reason: 'none' }
    throw error
  }
}

export const session = {
  key: ['session'] as const,
  /** Below the session's root, so that its page still has it in the moment in which the session begins. */
  stepKey: ['session', 'step'] as const,
  current: () =>
    queryOptions({
      queryKey: [...session.key, 'current'],
      queryFn: ({ signal }) => readSession(signal),
      staleTime: Infinity,
      gcTime: Infinity,
    }),
  signIn: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof SignIn>) => call(signIn, { body }),
      // The password must not outlive the form.
      gcTime: 0,
      onSuccess: (reply, _body, _result, { client }) => afterFirstStep(client, reply),
    }),
  signOut: () =>
    mutationOptions({
      mutationFn: () => call(signOut),
      onSuccess: (_reply, _input, _result, { client }) => endSession(client, 'left'),
    }),
}

/** What another person left in the cache is not for this one. */
export function beginSession(client: QueryClient, signedIn: Session): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session.key[0] })
  client.setQueryData(session.current().queryKey, { signedIn, reason: 'signed-in' })
}

/** The answer to a right first step: somebody is signed in, or the step that is left is kept for its page. */
export function afterFirstStep(client: QueryClient, reply: Session | SignInStep): void {
  if ('needs' in reply) client.setQueryData(session.stepKey, reply)
  else beginSession(client, reply)
}

/** Only an open session can end: a wrong password at sign-in is a 401 too. */
export function endSession(client: QueryClient, reason: 'left' | 'expired'): void {
  const { queryKey } = session.current()
  if (client.getQueryData(queryKey)?.signedIn) client.setQueryData(queryKey, { signedIn: null, reason })
}
