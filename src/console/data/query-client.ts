import { MutationCache, type Query, QueryCache, QueryClient } from '@tanstack/react-query'

import { ApiError } from '#api/client/api-error.ts'

import { callAs } from './call.ts'
import { endSession, session } from './session.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /** Anything can be thrown: narrow with `instanceof ApiError`. */
    defaultError: unknown
  }
}

/** Long enough that going back and forth asks nothing twice; events tell of real changes sooner. */
const staleMs = 45_000
const retriesMax = 2
/** A server that asks to wait is waited for; it says itself how long. */
const waitsMax = 20
const retryDelayMaxMs = 30_000

function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.code === 'bad_reply') return false
  return error.status === 0 || error.status === 429 || error.status >= 500
}

function shouldRetry(failures: number, error: unknown): boolean {
  const isAskedToWait = error instanceof ApiError && error.status === 429
  return failures < (isAskedToWait ? waitsMax : retriesMax) && isWorthRetrying(error)
}

function retryDelayMs(failures: number, error: unknown): number {
  const asked = error instanceof ApiError ? error.retryAfterSeconds : undefined
  return asked === undefined ? Math.min(1_000 * 2 ** failures, retryDelayMaxMs) : asked * 1_000
}

/** A refusal stands until the rights change (`refreshRights`): a part that is drawn anew does not ask again. */
function isRetriedOnMount({ state }: Query): boolean {
  return !(state.error instanceof ApiError && state.error.code === 'access_denied')
}

/** A second step that took too long is no word about who is signed in. */
function isSessionOver(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthorized' && error.payload?.reason !== 'sign_in_expired'
}

/** The one cache, with every default in this place. A 401 anywhere ends the session; the frame then keeps the address for after sign-in. */
export function createQueryClient(): QueryClient {
  function onError(error: unknown) {
    if (isSessionOver(error)) endSession(client, 'expired')
  }

  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // 'always': a laptop without a network still reaches a server on itself.
      queries: {
        staleTime: staleMs,
        retry: shouldRetry,
        retryDelay: retryDelayMs,
        retryOnMount: isRetriedOnMount,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  callAs(() => client.getQueryData(session.current().queryKey)?.signedIn ?? null)
  return client
}
