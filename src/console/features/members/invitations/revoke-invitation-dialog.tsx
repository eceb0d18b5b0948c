import type { Invitation } from '#api/contract/members.ts'
import { invitations } from '#console/data/invitations.ts'
import { useTold } from '#console/data/use-told.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Takes an invitation back; another one can be made at any time. */
export function RevokeInvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const revoke = useTold(invitations.revoke(), `The invitation of ${invitation.email} was not revoked`)
  const toast = useToast()
  function handleConfirm() {
    revoke.run(invitation.id, {
      onSuccess: (_reply, isShown) => {
        toast.success(`The invitation of ${invitation.email} is revoked`)
        if (isShown) onClose()
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
      error={revoke.failure}
      onConfirm={handleConfirm}
    >
      <p>Its link stops working at once. To let them in later, invite them again.</p>
    </ConfirmDialog>
  )
}
