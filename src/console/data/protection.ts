import { queryOptions } from '@tanstack/react-query'

import { listProtection } from '#api/contract/protection.ts'

import { backups } from './backups.ts'
import { call } from './call.ts'

/** How well workspaces are protected. Below the key of backups: whatever changes those changes this. */
export const protection = {
  key: [...backups.key, 'protection'] as const,
  list: (workspaceId?: number) =>
    queryOptions({
      queryKey: [...protection.key, { workspaceId }],
      queryFn: async ({ signal }) => (await call(listProtection, { query: { workspaceId }, signal })).items,
    }),
}
