import { Ellipsis, Pencil, Trash2 } from 'lucide-react'

import { deleteWorkspace, updateWorkspace, type Workspace } from '#api/contract/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'

export interface WorkspaceMenuProps {
  workspace: Workspace
  onEdit: (workspace: Workspace) => void
  onDelete: (workspace: Workspace) => void
}

/** Opens as it comes: its code is fetched when somebody asks for it. */
export function WorkspaceMenu({ workspace, onEdit, onDelete }: WorkspaceMenuProps) {
  const may = useMay()
  const canEdit = may(updateWorkspace, workspace.id)
  const canDelete = may(deleteWorkspace, workspace.id)
  return (
    <Menu
      defaultOpen
      trigger={
        <IconButton label={`Actions for ${workspace.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {canEdit && (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onEdit(workspace)}>
          Edit name and description
        </MenuItem>
      )}
      {canEdit && canDelete && <MenuSeparator />}
      {canDelete && (
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onDelete(workspace)}>
          Delete workspace
        </MenuItem>
      )}
    </Menu>
  )
}
