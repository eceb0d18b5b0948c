import { useQuery } from '@tanstack/react-query'

import { workspaces } from '#console/data/workspaces.ts'
import { ReachField } from '#console/scopes/reach-field.tsx'

/** Which workspaces the scopes of a member are good for. Owners and admins reach all, so that all can be granted. */
export function WorkspacesField() {
  const { data, isLoadingError } = useQuery(workspaces.list())
  const failure = isLoadingError ? 'The workspaces could not be loaded. Reload the page.' : undefined
  return <ReachField workspaces={data} failure={failure} />
}
