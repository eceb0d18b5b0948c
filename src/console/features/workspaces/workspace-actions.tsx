import { Ellipsis } from 'lucide-react'
import { lazy } from 'react'

import { deleteWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { IconButton } from '#console/ui/icon-button.tsx'
import { OnIntent } from '#console/ui/on-intent.tsx'

import type { WorkspaceMenuProps } from './workspace-menu.tsx'

const load = () => import('./workspace-menu.tsx')
const WorkspaceMenu = lazy(async () => ({ default: (await load()).WorkspaceMenu }))

/** What can be done with one workspace; nothing where that is nothing. */
export function WorkspaceActions(props: WorkspaceMenuProps) {
  const may = useMay()
  if (!may(updateWorkspace, props.workspace.id) && !may(deleteWorkspace, props.workspace.id)) return null
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
