import { useQuery } from '@tanstack/react-query'

import { workspaces } from '#console/data/workspaces.ts'

/** Names of the workspaces in reach; of those that are not known, their numbers. */
export function useReachNames(reach: 'all' | readonly number[]): 'all' | string[] {
  const list = useQuery(workspaces.list()).data ?? []
  if (reach === 'all') return 'all'
  return reach.map((id) => list.find((one) => one.id === id)?.name ?? `workspace ${id}`)
}
