import type { OpenDialog } from './open-dialog.ts'
import { WorkspaceCreateDialog } from './workspace-create-dialog.tsx'
import { WorkspaceDeleteDialog } from './workspace-delete-dialog.tsx'
import { WorkspaceEditDialog } from './workspace-edit-dialog.tsx'

interface WorkspaceDialogsProps {
  dialog: OpenDialog
  onClose: () => void
}

/** One chunk for all of them: the form library comes with the first one opened. */
export function WorkspaceDialogs({ dialog, onClose }: WorkspaceDialogsProps) {
  if (dialog.kind === 'create') return <WorkspaceCreateDialog onClose={onClose} />
  if (dialog.kind === 'edit') return <WorkspaceEditDialog workspace={dialog.workspace} onClose={onClose} />
  return <WorkspaceDeleteDialog workspace={dialog.workspace} onClose={onClose} />
}
