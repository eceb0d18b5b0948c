import { useMutation } from '@tanstack/react-query'

import type { Workspace } from '#api/contract/workspaces.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { DeleteByNameDialog } from '#console/ui/delete-by-name-dialog.tsx'

import { WayBack } from './way-back.tsx'

interface WorkspaceDeleteDialogProps {
  workspace: Workspace
  onClose: () => void
}

export function WorkspaceDeleteDialog({ workspace, onClose }: WorkspaceDeleteDialogProps) {
  const remove = useMutation(workspaces.remove())
  return (
    <DeleteByNameDialog
      kind="workspace"
      name={workspace.name}
      onDelete={(onSuccess) => remove.mutate(workspace.id, { onSuccess })}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The workspace was not deleted')}
      onClose={onClose}
    >
      <p>Its tables with all their rows, its API groups and its branches are gone at once.</p>
      <WayBack workspaceId={workspace.id} />
    </DeleteByNameDialog>
  )
}
