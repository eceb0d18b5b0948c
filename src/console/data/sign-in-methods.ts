import { queryOptions } from '@tanstack/react-query'

import { call } from '#api/client/call.ts'
import { getSignInMethods } from '#api/contract/sign-in-methods.ts'

import { session } from './session.ts'

/** How one can sign in here, beyond the password. */
export const signInMethods = {
  /** Below the session's root: the same for everybody, so that it stays when a session begins. */
  key: [...session.key, 'methods'] as const,
  all: () =>
    queryOptions({
      queryKey: [...signInMethods.key, 'all'],
      queryFn: ({ signal }) => call(getSignInMethods, { signal }),
    }),
}

/** Where the browser is sent to sign in by a provider; a page of the server, not of the console. */
export function providerPath(id: number, nextPath: string): string {
  return `/api:console/oidc/${id}/start?next=${encodeURIComponent(nextPath)}`
}
