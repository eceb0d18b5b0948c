import type { Passkey } from '#api/contract/passkeys.ts'
import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { useTold } from '#console/data/use-told.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface RemovePasskeyDialogProps {
  passkey: Passkey
  proofWays: ProofWays
  onClose: () => void
}

/** Takes a passkey away for good: a new one can be made, this one cannot be brought back. */
export function RemovePasskeyDialog({ passkey, proofWays, onClose }: RemovePasskeyDialogProps) {
  const remove = useTold(passkeys.remove(passkey.id), 'The passkey was not removed')
  const toast = useToast()
  const finalFocus = useOpener()
  const proof = useProof((_input, given, outcome) =>
    remove.run(given, {
      onSuccess: (_reply, isShown) => {
        toast.success(`The passkey ${passkey.name} is removed`)
        if (isShown) onClose()
      },
      onError: outcome.onError,
    }),
  )

  if (proof.isAsked) {
    return (
      <ProofDialog
        title="Show that it is you"
        finalFocus={finalFocus}
        confirmLabel="Remove passkey"
        tone="danger"
        proofWays={proofWays}
        isPending={remove.isPending}
        failure={remove.failure}
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
      error={remove.failure}
      onConfirm={() => proof.attempt()}
    >
      <p>It signs nobody in any more, and cannot be brought back. Delete it on your device as well.</p>
      {proofWays.factors?.totpSince === null && proofWays.factors.passkeys === 1 && (
        <p>It is your only second step: from then on the password alone opens this account.</p>
      )}
    </ConfirmDialog>
  )
}
