import { use } from 'react'

import { passkeyFailure } from '#console/credentials/passkey-failure.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { KeepRecoveryCodes } from '#console/data/kept-recovery-codes.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { useTold } from '#console/data/use-told.ts'
import { Dialog } from '#console/ui/dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { PasskeyNameForm } from './passkey-name-form.tsx'

interface AddPasskeyDialogProps {
  proofWays: ProofWays
  onClose: () => void
}

/** Names a new passkey and has the browser make it. */
export function AddPasskeyDialog({ proofWays, onClose }: AddPasskeyDialogProps) {
  const add = useTold(passkeys.add(), 'No passkey was added', { describe: passkeyFailure })
  const keepRecoveryCodes = use(KeepRecoveryCodes)
  const toast = useToast()
  const finalFocus = useOpener()
  const proof = useProof<string>((name, given, outcome) =>
    add.run(
      { name, proof: given },
      {
        onSuccess: ({ recoveryCodes }, isShown) => {
          toast.success(`The passkey ${name} is added`)
          if (isShown) onClose()
          if (recoveryCodes !== null) keepRecoveryCodes(recoveryCodes)
        },
        onError: outcome.onError,
      },
    ),
  )

  if (proof.isAsked) {
    return (
      <ProofDialog
        title="Show that it is you"
        finalFocus={finalFocus}
        confirmLabel="Add passkey"
        proofWays={proofWays}
        isPending={add.isPending}
        failure={add.failure}
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
        failure={add.failure}
        onSubmit={(name) => proof.attempt(name)}
        onCancel={onClose}
      />
    </Dialog>
  )
}
