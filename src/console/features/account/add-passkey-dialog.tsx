import { useMutation } from '@tanstack/react-query'

import { passkeyFailure } from '#console/credentials/passkey-failure.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { asksForProof } from '#console/data/second-factor.ts'
import { Dialog } from '#console/ui/dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { PasskeyNameForm } from './passkey-name-form.tsx'

interface AddPasskeyDialogProps {
  proofWays: ProofWays
  onClose: () => void
  onRecoveryCodes: (codes: readonly string[]) => void
}

/** Names a new passkey and has the browser make it. */
export function AddPasskeyDialog({ proofWays, onClose, onRecoveryCodes }: AddPasskeyDialogProps) {
  const add = useMutation(passkeys.add())
  const toast = useToast()
  const finalFocus = useOpener()
  const proof = useProof<string>((name, given, outcome) =>
    add.mutate(
      { name, proof: given },
      {
        onSuccess: ({ recoveryCodes }) => {
          toast.success(`The passkey ${name} is added`)
          onClose()
          if (recoveryCodes !== null) onRecoveryCodes(recoveryCodes)
        },
        onError: outcome.onError,
      },
    ),
  )
  const failure = asksForProof(add.error) ? undefined : passkeyFailure(add.error, 'No passkey was added')

  if (proof.isAsked) {
    return (
      <ProofDialog
        title="Show that it is you"
        finalFocus={finalFocus}
        confirmLabel="Add passkey"
        proofWays={proofWays}
        isPending={add.isPending}
        failure={failure}
        onProof={proof.prove}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog
      title="Add a passkey"
      description="Your browser then asks for the lock of the device, or for where to keep the passkey."
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      dismissible={!add.isPending}
    >
      <PasskeyNameForm
        name="Passkey"
        submitLabel="Add passkey"
        isPending={add.isPending}
        failure={failure}
        onSubmit={(name) => proof.attempt(name)}
        onCancel={onClose}
      />
    </Dialog>
  )
}
