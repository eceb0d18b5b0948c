import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/react-query'

import { ApiError } from '#api/client/api-error.ts'

export interface Waiting {
  subscribe: (listener: () => void) => () => void
  /** When the last of the reads that the server put off is tried again, in milliseconds; undefined where none is. */
  until: () => number | undefined
}

/** How long the server asked to wait; undefined where it did not. */
function askedMs(error: unknown): number | undefined {
  const isPutOff = error instanceof ApiError && error.status === 429
  return isPutOff && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : undefined
}

/** Watches for reads that the server has put off ("Retry-After"): they go on by themselves, and the reader is told so. */
export function watchWaiting(client: QueryClient): Waiting {
  const times = new Map<string, number>()
  const listeners = new Set<() => void>()
  let until: number | undefined

  function follow(event: QueryCacheNotifyEvent) {
    const { queryHash, state } = event.query
    const failed = event.type === 'updated' && event.action.type === 'failed' ? event.action.error : undefined
    const ms = askedMs(failed)
    if (ms !== undefined) times.set(queryHash, Date.now() + ms)
    else if (failed !== undefined || event.type === 'removed' || state.fetchStatus === 'idle') times.delete(queryHash)
    const last = times.size === 0 ? undefined : Math.max(...times.values())
    if (last === until) return
    until = last
    for (const listener of listeners) listener()
  }

  client.getQueryCache().subscribe(follow)
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    until: () => until,
  }
}
