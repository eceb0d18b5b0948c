import { useMutation } from '@tanstack/react-query'

import type { Invitation } from '#api/contract/members.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { invitations } from '#console/data/invitations.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Takes an invitation back; another one can be made at any time. */
export function RevokeInvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const revoke = useMutation(invitations.revoke())
  const toast = useToast()
  function handleConfirm() {
    revoke.mutate(invitation.id, {
      onSuccess: () => {
        toast.success(`The invitation of ${invitation.email} is revoked`)
        onClose()
      },
    })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Revoke the invitation of ${invitation.email}`}
      confirmLabel="Revoke invitation"
      pending={revoke.isPending}
      error={formFailure(revoke.error, 'The invitation was not revoked')}
      onConfirm={handleConfirm}
    >
      <p>Its link stops working at once. To let them in later, invite them again.</p>
    </ConfirmDialog>
  )
}
