import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

/** The address names a workspace that is not there. */
export function WorkspaceNotFound() {
  return (
    <NotFoundPage title="No such workspace" backTo="/workspaces" backLabel="All workspaces">
      It was deleted, or it is on another instance. Its backups, if there are any, are still there:{' '}
      <TextLink to="/restore">Restore a backup</TextLink>.
    </NotFoundPage>
  )
}
