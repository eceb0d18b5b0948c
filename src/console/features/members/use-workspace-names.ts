import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { Workspaces } from '#api/contract/tokens.ts'
import { workspaces } from '#console/data/workspaces.ts'

/** Answers a function that names workspaces by their ids; those that are not known by their number. */
export function useWorkspaceNames(): (reach: Workspaces) => 'all' | string[] {
  const { data } = useQuery(workspaces.list())
  return useCallback(
    (reach) =>
      reach === 'all' ? 'all' : reach.map((id) => data?.find((one) => one.id === id)?.name ?? `workspace ${id}`),
    [data],
  )
}
