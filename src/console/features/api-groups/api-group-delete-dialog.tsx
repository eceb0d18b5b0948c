import { useMutation } from '@tanstack/react-query'

import type { ApiGroup } from '#api/contract/api-groups.ts'
import { apiGroups } from '#console/data/api-groups.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface ApiGroupDeleteDialogProps {
  workspaceId: number
  group: ApiGroup
  onClose: () => void
}

export function ApiGroupDeleteDialog({ workspaceId, group, onClose }: ApiGroupDeleteDialogProps) {
  const remove = useMutation(apiGroups.remove(workspaceId))
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(group.id, {
      onSuccess: () => {
        toast.success(`API group ${group.name} deleted`)
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete API group ${group.name}`}
      confirmLabel="Delete API group"
      typedName={group.name}
      onConfirm={handleConfirm}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The API group was not deleted')}
    >
      <p>
        Its endpoints are gone at once, and every program that calls{' '}
        <code className="text-foreground">/api:{group.canonical}</code> is answered 404.
      </p>
    </ConfirmDialog>
  )
}
