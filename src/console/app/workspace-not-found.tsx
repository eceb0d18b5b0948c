import { createRestore } from '#api/contract/restores.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

/** The address names a workspace that is not there. */
export function WorkspaceNotFound() {
  const may = useMay()
  return (
    <NotFoundPage title="No such workspace" backTo="/workspaces" backLabel="All workspaces">
      It was deleted, it is on another instance, or it is not within your reach.
      {may(createRestore) && (
        <>
          {' '}
          Its backups, if there are any, are still there: <TextLink to="/restore">Restore a backup</TextLink>.
        </>
      )}
    </NotFoundPage>
  )
}
