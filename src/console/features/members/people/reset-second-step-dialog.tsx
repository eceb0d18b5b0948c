import { useMutation } from '@tanstack/react-query'

import type { Member } from '#api/contract/members.ts'
import { OwnProofDialog } from '#console/credentials/own-proof-dialog.tsx'
import { useOpener } from '#console/credentials/use-opener.ts'
import { failureBesideProof, useProof } from '#console/credentials/use-proof.ts'
import { members } from '#console/data/members.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** For somebody who lost phone and codes. It weakens their account for a while, so that the owner may have to prove who they are. */
export function ResetSecondStepDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const reset = useMutation(members.resetSecondStep())
  const toast = useToast()
  const finalFocus = useOpener()
  const failure = failureBesideProof(reset.error, 'The second step was not reset')
  const proof = useProof((_input, given, outcome) =>
    reset.mutate(
      { id: member.id, proof: given },
      {
        onSuccess: () => {
          toast.success(`${member.name} signs in without a second step`)
          onClose()
        },
        onError: outcome.onError,
      },
    ),
  )

  if (proof.isAsked) {
    return (
      <OwnProofDialog
        confirmLabel="Reset second step"
        tone="danger"
        isPending={reset.isPending}
        failure={failure}
        finalFocus={finalFocus}
        onProof={proof.prove}
        onClose={onClose}
      >
        <p>From then on the password alone opens the account of {member.name}, and your sign-in is some time ago.</p>
      </OwnProofDialog>
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
      error={failure}
      onConfirm={() => proof.attempt()}
    >
      <p>
        Takes authenticator app, passkeys and recovery codes from the account and ends its sessions. Be sure that it is
        really {member.name} who asks: from then on the password alone lets in.
      </p>
    </ConfirmDialog>
  )
}
