import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#api/client/api-error.ts'
import { RecoveryCodes } from '#console/credentials/recovery-codes.tsx'
import { describeFailure } from '#console/data/describe-failure.ts'
import { signInStep } from '#console/data/second-factor.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { SetUpStep } from './set-up-step.tsx'
import { TakeStep } from './take-step.tsx'

interface SecondStepProps {
  /** Where a sign-in begins, with the way back. */
  beginPath: string
  onSignedIn: () => void
}

/** What is left after the password was right: the second step, or to set one up where this Metadeck demands it. */
export function SecondStep({ beginPath, onSignedIn }: SecondStepProps) {
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>()
  if (recoveryCodes === undefined) {
    return <OpenStep beginPath={beginPath} onSignedIn={onSignedIn} onRecoveryCodes={setRecoveryCodes} />
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Recovery codes" description="The app is set up, and you are signed in." />
      <RecoveryCodes codes={recoveryCodes} doneLabel="Go on" onDone={onSignedIn} />
    </div>
  )
}

interface OpenStepProps extends SecondStepProps {
  onRecoveryCodes: (codes: readonly string[]) => void
}

function OpenStep({ beginPath, onSignedIn, onRecoveryCodes }: OpenStepProps) {
  const step = useQuery(signInStep.current())
  const [isOver, setIsOver] = useState(false)
  if (isOver || isSignInOver(step.error)) return <SignInOver beginPath={beginPath} />
  const needsSetup = step.data?.needs === 'second_factor_setup'
  const watch = (error: unknown) => {
    if (isSignInOver(error)) setIsOver(true)
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={needsSetup ? 'Set up a second step' : 'Second step'}
        description={
          needsSetup
            ? 'Everybody who signs in to this Metadeck needs one. Without it nothing else can be opened.'
            : 'The first step was right. Show that it is you once more.'
        }
      />
      {step.isPending && <TextSkeleton lines={4} label="Loading the second step" />}
      {step.isLoadingError && (
        <ErrorState
          {...describeFailure(step.error, 'Could not load the second step')}
          onRetry={() => void step.refetch()}
          isRetrying={step.isFetching}
        />
      )}
      {step.data?.needs === 'second_factor' && (
        <TakeStep methods={step.data.methods} onSignedIn={onSignedIn} onError={watch} />
      )}
      {needsSetup && <SetUpStep onSignedIn={onSignedIn} onRecoveryCodes={onRecoveryCodes} onError={watch} />}
      <TextLink to={beginPath} replace className="w-fit text-sm">
        Sign in as somebody else
      </TextLink>
    </div>
  )
}

/** The ticket of the first step is gone: only the beginning is left. */
function isSignInOver(error: unknown): boolean {
  return error instanceof ApiError && error.payload?.reason === 'sign_in_expired'
}

function SignInOver({ beginPath }: { beginPath: string }) {
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Second step" />
      <Callout
        tone="warning"
        title="This sign-in is over"
        action={
          <ButtonLink to={beginPath} replace variant="primary">
            Begin again
          </ButtonLink>
        }
      >
        It took longer than five minutes, was finished already, or was begun in another browser.
      </Callout>
    </div>
  )
}
