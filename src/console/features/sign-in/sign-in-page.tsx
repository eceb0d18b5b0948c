import { useQuery, type QueryClient } from '@tanstack/react-query'
import { redirect, useNavigate, type LoaderFunctionArgs } from 'react-router'

import { signInStep } from '#console/data/second-factor.ts'
import { session } from '#console/data/session.ts'
import { setup } from '#console/data/setup.ts'
import { signInMethods } from '#console/data/sign-in-methods.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'

import { nextPath, stepPath } from './next-path.ts'
import { offersPasskeys, OtherWays } from './other-ways.tsx'
import { providerFailure } from './provider-failure.ts'
import { SecondStep } from './second-step.tsx'
import { SignInForm } from './sign-in-form.tsx'

/**
 * Whoever is signed in goes on, unless a sign-in as somebody else is under way; an instance without an owner is set up
 * first. With the server away the form says so itself. The ways to sign in are waited for, so that nothing jumps.
 */
export function createLoader(client: QueryClient) {
  return async ({ request }: LoaderFunctionArgs) => {
    const search = new URL(request.url).searchParams
    const [current, state] = await Promise.allSettled([
      client.query({ ...session.current(), staleTime: 'static' }),
      client.query({ ...setup.state(), retry: false }),
      client.query({ ...signInMethods.all(), retry: false }),
    ])
    const isSignedIn = current.status === 'fulfilled' && current.value.signedIn !== null
    if (isSignedIn && !(isStep(search) && (await isStepOpen(client)))) return redirect(nextPath(search))
    if (state.status === 'fulfilled' && state.value.needed) return redirect('/setup')
    return null
  }
}

const isStep = (search: URLSearchParams): boolean => search.get('step') === '1'

/** Whether the server still waits for a second step; asked anew, as the one that is known may have been taken. */
async function isStepOpen(client: QueryClient): Promise<boolean> {
  try {
    await client.query({ ...signInStep.current(), staleTime: 0, retry: false })
    return true
  } catch {
    return false
  }
}

export function Component() {
  const [search] = useUrlParams()
  const navigate = useNavigate()
  const goOn = () => void navigate(nextPath(search), { replace: true })
  if (isStep(search)) return <SecondStep beginPath={stepPath(search, false)} onSignedIn={goOn} />
  return <FirstStep onSignedIn={goOn} onStep={() => void navigate(stepPath(search, true))} />
}

function FirstStep({ onSignedIn, onStep }: { onSignedIn: () => void; onStep: () => void }) {
  const [search] = useUrlParams()
  const methods = useQuery({ ...signInMethods.all(), enabled: false }).data
  const failure = providerFailure(search)
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Sign in" description="To the console of this Metadeck." />
      {failure ? (
        <Callout tone="danger" title={failure.title}>
          {failure.advice}
        </Callout>
      ) : (
        <WhyHere />
      )}
      <SignInForm
        offersPasskeys={offersPasskeys(methods)}
        onSignedIn={(isWhole) => (isWhole ? onSignedIn() : onStep())}
      />
      {methods && <OtherWays methods={methods} nextPath={nextPath(search)} onSignedIn={onSignedIn} />}
    </div>
  )
}

/** What became of the session before. */
function WhyHere() {
  const { data } = useQuery({ ...session.current(), enabled: false })
  if (data?.reason === 'expired') {
    return <Callout title="Your session ended">Sign in again to go on where you were.</Callout>
  }
  if (data?.reason === 'left') {
    return (
      <Callout tone="success" title="You are signed out">
        Nothing of your session is left on this device.
      </Callout>
    )
  }
  return null
}
