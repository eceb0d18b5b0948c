import { useMutation } from '@tanstack/react-query'

import type { Passkey } from '#api/contract/passkeys.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { asksForProof } from '#console/data/second-factor.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface RemovePasskeyDialogProps {
  passkey: Passkey
  proofWays: ProofWays
  onClose: () => void
}

/** Takes a passkey away for good: a new one can be made, this one cannot be brought back. */
export function RemovePasskeyDialog({ passkey, proofWays, onClose }: RemovePasskeyDialogProps) {
  const remove = useMutation(passkeys.remove(passkey.id))
  const toast = useToast()
  const finalFocus = useOpener()
  const proof = useProof((_input, given, outcome) =>
    remove.mutate(given, {
      onSuccess: () => {
        toast.success(`The passkey ${passkey.name} is removed`)
        onClose()
      },
      onError: outcome.onError,
    }),
  )
  const failure = asksForProof(remove.error) ? undefined : formFailure(remove.error, 'The passkey was not removed')

  if (proof.isAsked) {
    return (
      <ProofDialog
        title="Show that it is you"
        finalFocus={finalFocus}
        confirmLabel="Remove passkey"
        tone="danger"
        proofWays={proofWays}
        isPending={remove.isPending}
        failure={failure}
        onProof={proof.prove}
        onClose={onClose}
      />
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove passkey ${passkey.name}`}
      confirmLabel="Remove passkey"
      typedName={passkey.name}
      pending={remove.isPending}
      error={failure}
      onConfirm={() => proof.attempt()}
    >
      <p>It signs nobody in any more, and cannot be brought back. Delete it on your device as well.</p>
      {proofWays.factors?.totpSince === null && proofWays.factors.passkeys === 1 && (
        <p>It is your only second step: from then on the password alone opens this account.</p>
      )}
    </ConfirmDialog>
  )
}
