import { useMutation } from '@tanstack/react-query'

import type { Workspace } from '#api/contract/workspaces.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface WorkspaceDeleteDialogProps {
  workspace: Workspace
  onClose: () => void
}

export function WorkspaceDeleteDialog({ workspace, onClose }: WorkspaceDeleteDialogProps) {
  const remove = useMutation(workspaces.remove())
  const toast = useToast()

  function handleConfirm() {
    remove.mutate(workspace.id, {
      onSuccess: () => {
        toast.success(`Workspace ${workspace.name} deleted`)
        onClose()
      },
    })
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete workspace ${workspace.name}`}
      confirmLabel="Delete workspace"
      typedName={workspace.name}
      onConfirm={handleConfirm}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The workspace was not deleted')}
    >
      <p>Its tables with all their rows, its API groups and its branches are gone at once.</p>
      <p>Backups of it stay, and are the only way back.</p>
    </ConfirmDialog>
  )
}
