import { useMutation } from '@tanstack/react-query'

import { codeFailure } from '#console/credentials/code-failure.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { TotpSetup } from '#console/credentials/totp-setup.tsx'
import { useProof } from '#console/credentials/use-proof.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { asksForProof, secondFactor } from '#console/data/second-factor.ts'
import { Button } from '#console/ui/button.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface AddAppProps {
  proofWays: ProofWays
  onRecoveryCodes: (codes: readonly string[]) => void
}

/** Sets an authenticator app up: proof where needed, then its key, then a first code of it. */
export function AddApp({ proofWays, onRecoveryCodes }: AddAppProps) {
  const start = useMutation(secondFactor.startTotp())
  const proof = useProof((_input, given, outcome) => start.mutate(given, outcome))
  const failure = asksForProof(start.error) ? undefined : formFailure(start.error, 'Could not set up the app')

  return (
    <>
      <Button size="sm" pending={start.isPending && !proof.isAsked} onClick={() => proof.attempt()}>
        Set up an authenticator app
      </Button>
      {failure && !proof.isAsked && <FormError {...failure} />}
      {proof.isAsked && (
        <ProofDialog
          title="Show that it is you"
          confirmLabel="Set up the app"
          proofWays={proofWays}
          isPending={start.isPending}
          failure={failure}
          onProof={proof.prove}
          onClose={() => {
            proof.giveUp()
            start.reset()
          }}
        />
      )}
      {start.data && <ConfirmApp totp={start.data} onClose={start.reset} onRecoveryCodes={onRecoveryCodes} />}
    </>
  )
}

interface ConfirmAppProps extends Pick<AddAppProps, 'onRecoveryCodes'> {
  totp: Parameters<typeof TotpSetup>[0]['totp']
  onClose: () => void
}

function ConfirmApp({ totp, onClose, onRecoveryCodes }: ConfirmAppProps) {
  const confirm = useMutation(secondFactor.confirmTotp())
  const toast = useToast()
  const failure = codeFailure(confirm.error, 'Two-step sign-in is not on yet')

  function handleSubmit(code: string, onError: () => void) {
    confirm.mutate(code, {
      onSuccess: ({ recoveryCodes }) => {
        onClose()
        toast.success('Two-step sign-in is on', {
          description: 'Other sessions that were signed in by the password alone ended.',
        })
        if (recoveryCodes !== null) onRecoveryCodes(recoveryCodes)
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
        failure={failure && <FormError {...failure} />}
        onSubmit={handleSubmit}
      />
    </Dialog>
  )
}
