import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from 'react-router'

import { workspaces } from '#console/data/workspaces.ts'

import { WorkspaceNotFound } from './workspace-not-found.tsx'

/** Around the pages of one workspace; says so when it is deleted under the reader's eyes. */
export function WorkspaceLayout() {
  const { workspaceId } = useParams()
  const { data } = useQuery(workspaces.list())
  const isGone = data !== undefined && !data.some((workspace) => workspace.id === Number(workspaceId))
  return isGone ? <WorkspaceNotFound /> : <Outlet />
}
