import { useQuery, type QueryClient } from '@tanstack/react-query'
import { redirect, type LoaderFunctionArgs } from 'react-router'

import { session } from '#console/data/session.ts'
import { setup } from '#console/data/setup.ts'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

import { nextPath } from './next-path.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Whoever is signed in goes on; an instance without an owner is set up first. With the server away the form says so itself. */
export function createLoader(client: QueryClient) {
  return async ({ request }: LoaderFunctionArgs) => {
    const [current, state] = await Promise.allSettled([
      client.query({ ...session.current(), staleTime: 'static' }),
      client.query({ ...setup.state(), retry: false }),
    ])
    if (current.status === 'fulfilled' && current.value.signedIn)
      return redirect(nextPath(new URL(request.url).searchParams))
    if (state.status === 'fulfilled' && state.value.needed) return redirect('/setup')
    return null
  }
}

export function Component() {
  const { data } = useQuery({ ...session.current(), enabled: false })
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Sign in" description="To the console of this Metadeck." />
      {data?.reason === 'expired' && (
        <Callout title="Your session ended">Sign in again to go on where you were.</Callout>
      )}
      {data?.reason === 'left' && (
        <Callout tone="success" title="You are signed out">
          Nothing of your session is left on this device.
        </Callout>
      )}
      <SignInForm />
    </div>
  )
}
