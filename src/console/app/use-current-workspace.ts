import { useQuery } from '@tanstack/react-query'
import { useMatch } from 'react-router'

import { workspaces } from '#console/data/workspaces.ts'

import { readLastWorkspace } from './last-workspace.ts'

/** The workspace of the address; on pages of the account, the one looked at last. */
export function useCurrentWorkspace() {
  const match = useMatch('/w/:workspaceId/*')
  const list = useQuery(workspaces.list())
  const id = match ? Number(match.params.workspaceId) : readLastWorkspace()
  return {
    current: list.data?.find((workspace) => workspace.id === id),
    all: list.data ?? [],
    isPending: list.isPending,
  }
}
