import { Ellipsis } from 'lucide-react'
import { lazy } from 'react'

import type { Workspace } from '#api/contract/workspaces.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { OnIntent } from '#console/ui/on-intent.tsx'

const load = () => import('./workspace-menu.tsx')
const WorkspaceMenu = lazy(async () => ({ default: (await load()).WorkspaceMenu }))

export interface WorkspaceActionsProps {
  workspace: Workspace
  onEdit: (workspace: Workspace) => void
  onDelete: (workspace: Workspace) => void
}

/** What can be done with one workspace. */
export function WorkspaceActions(props: WorkspaceActionsProps) {
  return (
    <OnIntent
      preload={load}
      standIn={
        <IconButton label={`Actions for ${props.workspace.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <WorkspaceMenu {...props} />
    </OnIntent>
  )
}
