import type { Query, QueryClient } from '@tanstack/react-query'

/** Between two readings of the same long list while changes keep coming; as long as others may wait. */
const pauseMs = 1_000

/** How many pages of a list that grows are there; 1 for what is no such list. */
export function pagesOf({ state: { data } }: { state: { data?: unknown } }): number {
  const isGrowing = typeof data === 'object' && data !== null && 'pageParams' in data && 'pages' in data
  return isGrowing && Array.isArray(data.pages) ? data.pages.length : 1
}

/**
 * Reads again what is on screen of lists with several pages: each of these is a request, so a reading is not broken off
 * and begun anew by the next change, but followed by another one.
 */
export function createLongLists(client: QueryClient) {
  const underWay = new Set<string>()
  const changedSince = new Set<string>()

  async function follow(query: Query): Promise<void> {
    const { queryHash, queryKey } = query
    const read = () => client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
    do {
      changedSince.delete(queryHash)
      // This began before the change, and may be a page that somebody asked for.
      if (query.state.fetchStatus !== 'idle') await read()
      await read()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    } while (changedSince.has(queryHash) && query.isActive())
    underWay.delete(queryHash)
  }

  return {
    /** It changed: it is read again now or when it is next looked at. */
    readAgain: (query: Query) => {
      query.invalidate()
      if (!query.isActive()) return
      changedSince.add(query.queryHash)
      if (underWay.has(query.queryHash)) return
      underWay.add(query.queryHash)
      void follow(query)
    },
    stop: () => changedSince.clear(),
  }
}
