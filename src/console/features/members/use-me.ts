import { useQuery } from '@tanstack/react-query'

import type { Session } from '#api/contract/session.ts'
import { session } from '#console/data/session.ts'

/** Whoever is signed in; these pages are behind sign-in, so that nobody is only for a moment. */
export function useMe(): Session['user'] | undefined {
  return useQuery(session.current()).data?.signedIn?.user
}
