import { useQuery } from '@tanstack/react-query'

import { workspaces } from '#console/data/workspaces.ts'

/** The list as its page shows it; a function so that parts of the page can name its type. */
export function useWorkspaces() {
  return useQuery(workspaces.list())
}
