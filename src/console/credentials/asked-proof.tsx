import type { Told } from '#console/data/use-told.ts'

import { OwnProofDialog } from './own-proof-dialog.tsx'
import type { ProofDialogProps } from './proof-dialog.tsx'
import type { useProof } from './use-proof.ts'

interface AskedProofProps extends Pick<ProofDialogProps, 'children' | 'confirmLabel' | 'tone' | 'finalFocus'> {
  proof: Pick<ReturnType<typeof useProof>, 'isAsked' | 'prove' | 'giveUp'>
  /** The call that asked for the proof. */
  told: Pick<Told<unknown, never>, 'isPending' | 'failure' | 'reset'>
  /** What goes with it where it is left. */
  onClose?: () => void
}

/** The question who is there, while a call waits for its answer; nothing otherwise. */
export function AskedProof({ proof, told, onClose, ...rest }: AskedProofProps) {
  if (!proof.isAsked) return null
  return (
    <OwnProofDialog
      {...rest}
      isPending={told.isPending}
      failure={told.failure}
      onProof={proof.prove}
      onClose={() => {
        proof.giveUp()
        told.reset()
        onClose?.()
      }}
    />
  )
}
