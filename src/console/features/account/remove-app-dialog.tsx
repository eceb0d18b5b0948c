import { ProofDialog } from '#console/credentials/proof-dialog.tsx'
import type { ProofWays } from '#console/credentials/proof-ways.ts'
import { secondFactor } from '#console/data/second-factor.ts'
import { useTold } from '#console/data/use-told.ts'
import { useToast } from '#console/ui/toast.tsx'

interface RemoveAppDialogProps {
  hasPasskeys: boolean
  proofWays: ProofWays
  onClose: () => void
}

/** Takes the authenticator app away; that always asks for a proof. */
export function RemoveAppDialog({ hasPasskeys, proofWays, onClose }: RemoveAppDialogProps) {
  const remove = useTold(secondFactor.removeTotp(), 'The authenticator app was not removed')
  const toast = useToast()
  return (
    <ProofDialog
      title="Remove the authenticator app"
      confirmLabel="Remove authenticator app"
      tone="danger"
      proofWays={proofWays}
      isPending={remove.isPending}
      failure={remove.failure}
      onProof={(proof) =>
        remove.run(proof, {
          onSuccess: (_state, isShown) => {
            toast.success('The authenticator app is removed')
            if (isShown) onClose()
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {hasPasskeys
          ? 'Your codes are not asked for any more; a passkey still is.'
          : 'From then on the password alone opens this account, and the recovery codes are worth nothing.'}{' '}
        The entry in the app can be deleted afterwards.
      </p>
    </ProofDialog>
  )
}
