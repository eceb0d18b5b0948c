import { use, useState } from 'react'

import type { NewTotp } from '#api/contract/second-factor.ts'
import { codeFailure } from '#console/credentials/code-failure.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { TotpSetup } from '#console/credentials/totp-setup.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { KeepRecoveryCodes } from '#console/data/kept-recovery-codes.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Sets an authenticator app up: proof where needed, then its key, then a first code of it. */
export function AddApp({ proofWays }: { proofWays: ProofWays }) {
  const [totp, setTotp] = useState<NewTotp>()
  const start = useTold(secondFactor.startTotp(), 'Could not set up the app')
  const proof = useProof((_input, given, outcome) =>
    start.run(given, {
      onSuccess: (made, isShown) => {
        outcome.onSuccess()
        if (isShown) setTotp(made)
      },
      onError: outcome.onError,
    }),
  )

  return (
    <>
      <Button size="sm" pending={start.isPending && !proof.isAsked} onClick={() => proof.attempt()}>
        Set up an authenticator app
      </Button>
      {start.failure && !proof.isAsked && <FormError {...start.failure} />}
      {proof.isAsked && (
        <ProofDialog
          title="Show that it is you"
          confirmLabel="Set up the app"
          proofWays={proofWays}
          isPending={start.isPending}
          failure={start.failure}
          onProof={proof.prove}
          onClose={() => {
            proof.giveUp()
            start.reset()
          }}
        />
      )}
      {totp && <ConfirmApp totp={totp} onClose={() => setTotp(undefined)} />}
    </>
  )
}

function ConfirmApp({ totp, onClose }: { totp: NewTotp; onClose: () => void }) {
  const confirm = useTold(secondFactor.confirmTotp(), 'Two-step sign-in is not on yet', { describe: codeFailure })
  const keepRecoveryCodes = use(KeepRecoveryCodes)
  const toast = useToast()

  function handleSubmit(code: string, onError: () => void) {
    confirm.run(code, {
      onSuccess: ({ recoveryCodes }) => {
        onClose()
        toast.success('Two-step sign-in is on', {
          description: 'Other sessions that were signed in by the password alone ended.',
        })
        if (recoveryCodes !== null) keepRecoveryCodes(recoveryCodes)
      },
      onError,
    })
  }

  return (
    <Dialog
      title="Set up an authenticator app"
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      dismissible={!confirm.isPending}
    >
      <TotpSetup
        totp={totp}
        submitLabel="Turn on two-step sign-in"
        isPending={confirm.isPending}
        failure={confirm.failure && <FormError {...confirm.failure} />}
        onSubmit={handleSubmit}
      />
    </Dialog>
  )
}
