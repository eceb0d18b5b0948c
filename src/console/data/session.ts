import { mutationOptions, type Query, type QueryClient, queryOptions } from '@tanstack/react-query'
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
function forgetOthers(client: QueryClient, state: SessionState): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session.key[0] })
  client.setQueryData(session.current().queryKey, state)
}

/** Somebody is signed in from here on. */
export function beginSession(client: QueryClient, signedIn: Session): void {
  forgetOthers(client, { signedIn, reason: 'signed-in' })
}

/**
 * The answer to a right first step: somebody is signed in, or the step that is left is kept for its page. Whoever was
 * signed in before is so no more: the server has ended that session.
 */
export function afterFirstStep(client: QueryClient, reply: Session | SignInStep): void {
  if (!('needs' in reply)) return beginSession(client, reply)
  forgetOthers(client, { signedIn: null, reason: 'none' })
  client.setQueryData(session.stepKey, reply)
}

/** Has the rights read again, which somebody may have changed; where they did, all that was asked under the old ones is. */
export async function refreshRights(client: QueryClient): Promise<void> {
  const { queryKey } = session.current()
  const read = () => client.getQueryData(queryKey)?.signedIn
  const before = read()
  if (!before) return
  const now = await call(getSession).catch(() => undefined)
  // Meanwhile they may have left, or somebody else may have come.
  if (now === undefined || read()?.user.id !== now.user.id) return
  client.setQueryData(queryKey, { signedIn: now, reason: 'signed-in' })
  if (rightsOf(now) === rightsOf(before)) return
  const isAskedFor = (query: Query) => query.queryKey[0] !== session.key[0]
  // What failed is forgotten, so that it is asked for when it is next looked at.
  client.removeQueries({ type: 'inactive', predicate: (query) => isAskedFor(query) && query.state.status === 'error' })
  await client.invalidateQueries({ predicate: isAskedFor })
}

const rightsOf = ({ user, scopes, workspaces }: Session): string => JSON.stringify([user.role, scopes, workspaces])

/** Only an open session can end: a wrong password at sign-in is a 401 too. */
export function endSession(client: QueryClient, reason: 'left' | 'expired'): void {
  const { queryKey } = session.current()
  if (client.getQueryData(queryKey)?.signedIn) client.setQueryData(queryKey, { signedIn: null, reason })
}
