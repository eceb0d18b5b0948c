import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { Member } from '#api/contract/members.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { members } from '#console/data/members.ts'
import { asksForProof } from '#console/data/second-factor.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** For somebody who lost phone and codes. It weakens their account for a while, so that the owner may have to prove who they are. */
export function ResetSecondStepDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const reset = useMutation(members.resetSecondStep())
  const toast = useToast()
  const [password, setPassword] = useState('')
  const needsProof = asksForProof(reset.error)

  function handleConfirm() {
    reset.mutate(
      { id: member.id, proof: password === '' ? {} : { password } },
      {
        onSuccess: () => {
          toast.success(`${member.name} signs in without a second step`)
          onClose()
        },
      },
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
      error={formFailure(reset.error, 'The second step was not reset')}
      onConfirm={handleConfirm}
    >
      <p>
        Takes authenticator app, passkeys and recovery codes from the account and ends its sessions. Be sure that it is
        really {member.name} who asks: from then on the password alone lets in.
      </p>
      {(needsProof || password !== '') && (
        <Field label="Your own password" hint="Your sign-in is some time ago: show that it is you.">
          <PasswordInput value={password} onChange={(event) => setPassword(event.target.value)} autoFocus />
        </Field>
      )}
    </ConfirmDialog>
  )
}
