import { z } from 'zod'

import type { Workspace } from '#api/contract/workspaces.ts'

/** The list's search and order, as the address holds them; nonsense becomes the usual. */
export const WorkspaceSearch = z.object({
  q: z.string().catch(''),
  sort: z.enum(['name', 'created', 'changed']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
})
export type WorkspaceSearch = z.infer<typeof WorkspaceSearch>

const sortKeys: Record<WorkspaceSearch['sort'], (workspace: Workspace) => string> = {
  name: (workspace) => workspace.name,
  created: (workspace) => workspace.created_at ?? '',
  changed: (workspace) => workspace.updated_at ?? '',
}

/** The API answers all workspaces at once, so they are narrowed and ordered here. */
export function applyWorkspaceSearch(list: readonly Workspace[], { q, sort, order }: WorkspaceSearch): Workspace[] {
  const words = q.toLowerCase().split(/\s+/)
  const keyOf = sortKeys[sort]
  const sign = order === 'asc' ? 1 : -1
  return list
    .filter((workspace) => {
      const text = `${workspace.name} ${workspace.description ?? ''} ${workspace.id}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => sign * keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }))
}
