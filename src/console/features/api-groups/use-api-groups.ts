import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { apiGroups } from '#console/data/api-groups.ts'

import { type ApiGroupSearch, filterOf } from './api-group-search.ts'

/** The page of groups the address asks for; the one before stays until it is there. */
export function useApiGroups(workspaceId: number, search: ApiGroupSearch) {
  return useQuery({ ...apiGroups.list(workspaceId, filterOf(search)), placeholderData: keepPreviousData })
}
