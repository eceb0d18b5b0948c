import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'

import { session } from '#console/data/session.ts'
import { signInPath } from '#console/features/sign-in/next-path.ts'

/** Leads to sign-in as soon as the session ends, and back to this very address after it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const location = useLocation()
  const { data } = useQuery(session.current())
  if (data && data.signedIn === null) {
    return <Navigate to={data.reason === 'left' ? '/sign-in' : signInPath(location)} replace />
  }
  return children
}
