import { useQuery } from '@tanstack/react-query'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { may, type Where } from '#console/data/may.ts'
import { session } from '#console/data/session.ts'

/** Whether whoever is signed in may do something: `may(createTable, workspaceId)`. */
export function useMay(): (endpoint: Endpoint, where?: Where) => boolean {
  const me = useQuery(session.current()).data?.signedIn ?? null
  return (endpoint, where) => me !== null && may(me, endpoint, where)
}
