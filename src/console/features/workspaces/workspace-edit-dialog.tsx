import { useMutation } from '@tanstack/react-query'

import type { Workspace } from '#api/contract/workspaces.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { Dialog } from '#console/ui/dialog.tsx'

import { WorkspaceForm } from './workspace-form.tsx'

interface WorkspaceEditDialogProps {
  workspace: Workspace
  onClose: () => void
}

export function WorkspaceEditDialog({ workspace, onClose }: WorkspaceEditDialogProps) {
  const update = useMutation(workspaces.update(workspace.id))
  return (
    <Dialog title={`Edit ${workspace.name}`} open onOpenChange={onClose} dismissible={!update.isPending}>
      <WorkspaceForm
        values={{ name: workspace.name, description: workspace.description ?? '' }}
        submitLabel="Save changes"
        pending={update.isPending}
        failure={formFailure(update.error, 'The workspace was not changed')}
        onCancel={onClose}
        onSubmit={(values, onError) => update.mutate(values, { onSuccess: onClose, onError })}
      />
    </Dialog>
  )
}
