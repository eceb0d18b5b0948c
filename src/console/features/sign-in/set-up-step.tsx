import { use, useState } from 'react'

import type { NewTotp } from '#api/contract/second-factor.ts'
import { codeFailure } from '#console/credentials/code-failure.ts'
import { TotpSetup } from '#console/credentials/totp-setup.tsx'
import { KeepRecoveryCodes } from '#console/data/kept-recovery-codes.ts'
import { signInStep } from '#console/data/second-factor.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'

import { StepFailure } from './sign-in-failure.tsx'
import type { StepProps } from './take-step.tsx'

interface SetUpStepProps extends StepProps {
  onRecoveryCodes: (codes: readonly string[]) => void
}

/** Sets an authenticator app up in the middle of a sign-in that cannot go on without. */
export function SetUpStep({ onSignedIn, onRecoveryCodes, onError }: SetUpStepProps) {
  const [totp, setTotp] = useState<NewTotp>()
  const start = useTold(signInStep.startTotp(), 'Could not set up the app', { describe: codeFailure })
  const confirm = useTold(signInStep.confirmTotp(), 'Could not sign in', { describe: codeFailure })
  const keepRecoveryCodes = use(KeepRecoveryCodes)

  function handleSubmit(code: string, onWrong: () => void) {
    confirm.run(code, {
      onSuccess: ({ recoveryCodes }, isShown) => {
        // They are told once: whoever has left this page meanwhile gets them where they are.
        if (recoveryCodes !== null) (isShown ? onRecoveryCodes : keepRecoveryCodes)(recoveryCodes)
        else if (isShown) onSignedIn()
      },
      onError: (error) => {
        onError(error)
        onWrong()
      },
    })
  }

  if (totp) {
    return (
      <TotpSetup
        totp={totp}
        submitLabel="Turn on and sign in"
        isPending={confirm.isPending}
        failure={confirm.failure && <StepFailure error={confirm.error} failedAt={confirm.startedAt} />}
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
      {start.failure && <StepFailure error={start.error} failedAt={start.startedAt} />}
      <Button
        variant="primary"
        autoFocus
        pending={start.isPending}
        onClick={() => start.run(undefined, { onSuccess: setTotp, onError })}
      >
        Set up an authenticator app
      </Button>
    </div>
  )
}
