import type { Member } from '#api/contract/members.ts'
import { AskedProof } from '#console/credentials/asked-proof.tsx'
import { useOpener } from '#console/credentials/use-opener.ts'
import { useProof } from '#console/credentials/use-proof.ts'
import { members } from '#console/data/members.ts'
import { useTold } from '#console/data/use-told.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** For somebody who lost phone and codes. It weakens their account for a while, so that the owner may have to prove who they are. */
export function ResetSecondStepDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const reset = useTold(members.resetSecondStep(), `The second step of ${member.name} was not reset`)
  const toast = useToast()
  const finalFocus = useOpener()
  const proof = useProof((_input, given, outcome) =>
    reset.run(
      { id: member.id, proof: given },
      {
        onSuccess: (_reply, isShown) => {
          toast.success(`${member.name} signs in without a second step`)
          if (isShown) onClose()
        },
        onError: outcome.onError,
      },
    ),
  )

  if (proof.isAsked) {
    return (
      <AskedProof
        confirmLabel="Reset second step"
        tone="danger"
        proof={proof}
        told={reset}
        finalFocus={finalFocus}
        onClose={onClose}
      >
        <p>From then on the password alone opens the account of {member.name}, and your sign-in is some time ago.</p>
      </AskedProof>
    )
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Reset the second step of ${member.name}`}
      confirmLabel="Reset second step"
      typedName={member.email}
      pending={reset.isPending}
      error={reset.failure}
      onConfirm={() => proof.attempt()}
    >
      <p>
        Takes authenticator app, passkeys and recovery codes from the account and ends its sessions. Be sure that it is
        really {member.name} who asks: from then on the password alone lets in.
      </p>
    </ConfirmDialog>
  )
}
