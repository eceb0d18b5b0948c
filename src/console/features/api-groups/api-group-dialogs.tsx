import { ApiGroupCreateDialog } from './api-group-create-dialog.tsx'
import { ApiGroupDeleteDialog } from './api-group-delete-dialog.tsx'
import { ApiGroupEditDialog } from './api-group-edit-dialog.tsx'
import type { OpenDialog } from './open-dialog.ts'

interface ApiGroupDialogsProps {
  workspaceId: number
  dialog: OpenDialog
  onClose: () => void
}

/** One chunk for all of them: the form library comes with the first one opened. */
export function ApiGroupDialogs({ workspaceId, dialog, onClose }: ApiGroupDialogsProps) {
  if (dialog.kind === 'create') return <ApiGroupCreateDialog workspaceId={workspaceId} onClose={onClose} />
  if (dialog.kind === 'edit')
    return <ApiGroupEditDialog workspaceId={workspaceId} group={dialog.group} onClose={onClose} />
  return <ApiGroupDeleteDialog workspaceId={workspaceId} group={dialog.group} onClose={onClose} />
}
