import { useMutation } from '@tanstack/react-query'

import { TotpSetup } from '#console/credentials/totp-setup.tsx'
import { signInStep } from '#console/data/second-factor.ts'
import { Button } from '#console/ui/button.tsx'

import { StepFailure } from './sign-in-failure.tsx'
import type { StepProps } from './take-step.tsx'

interface SetUpStepProps extends StepProps {
  onRecoveryCodes: (codes: readonly string[]) => void
}

/** Sets an authenticator app up in the middle of a sign-in that cannot go on without. */
export function SetUpStep({ onSignedIn, onRecoveryCodes, onError }: SetUpStepProps) {
  const start = useMutation(signInStep.startTotp())
  const confirm = useMutation(signInStep.confirmTotp())

  function handleSubmit(code: string, onWrong: () => void) {
    confirm.mutate(code, {
      onSuccess: ({ recoveryCodes }) => {
        if (recoveryCodes === null) onSignedIn()
        else onRecoveryCodes(recoveryCodes)
      },
      onError: (error) => {
        onError(error)
        onWrong()
      },
    })
  }

  if (start.data) {
    return (
      <TotpSetup
        totp={start.data}
        submitLabel="Turn on and sign in"
        isPending={confirm.isPending}
        failure={confirm.isError && <StepFailure error={confirm.error} failedAt={confirm.submittedAt} />}
        onSubmit={handleSubmit}
      />
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <p>
        It takes a minute and an authenticator app on your phone or in your password manager. From then on you sign in
        with your password and the code that the app shows.
      </p>
      {start.isError && <StepFailure error={start.error} failedAt={start.submittedAt} />}
      <Button
        variant="primary"
        autoFocus
        pending={start.isPending}
        onClick={() => start.mutate(undefined, { onError })}
      >
        Set up an authenticator app
      </Button>
    </div>
  )
}
