import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'

import { ApiError } from '#api/client/api-error.ts'
import { getBackup, type Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { restores } from '#console/data/restores.ts'
import { STATUS_WORDS } from '#console/data/run-words.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'

import { kindWords } from './backup-words.ts'
import { DeleteBackupDialog } from './delete-backup-dialog.tsx'
import { BackupActions } from './detail/backup-actions.tsx'
import { BackupContent } from './detail/backup-content.tsx'
import { BackupSkeleton } from './detail/backup-skeleton.tsx'

export const access = { title: 'Backup', endpoint: getBackup }

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    const id = Number(params['backupId'])
    void client.query(backups.detail(id)).catch(() => undefined)
    void client.query(restores.list({ backupId: id })).catch(() => undefined)
    return null
  }
}

export function Component() {
  const { workspaceId, backupId } = useParams()
  const listPath = `/w/${workspaceId ?? ''}/backups`
  const navigate = useNavigate()
  const [isDeleting, setIsDeleting] = useState(false)
  const detail = useQuery(backups.detail(Number(backupId)))
  const backup = detail.data

  if (backup === undefined && detail.error instanceof ApiError && detail.error.code === 'not_found') {
    return (
      <NotFoundPage title="No such backup" backTo={listPath} backLabel="All backups of the workspace">
        It was deleted, or the link is incomplete.
      </NotFoundPage>
    )
  }
  return (
    <Page>
      <BackupHeader backup={backup} isPending={detail.isPending} onDelete={() => setIsDeleting(true)} />
      {backup ? <BackupContent backup={backup} atHand={Number(workspaceId)} /> : <BackupWaiting detail={detail} />}
      {isDeleting && backup && (
        <DeleteBackupDialog
          backup={backup}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => void navigate(listPath)}
        />
      )}
    </Page>
  )
}

interface BackupHeaderProps {
  backup: Backup | undefined
  isPending: boolean
  onDelete: () => void
}

/** The same for all states: it takes the focus when the page opens, and must not be replaced by another under it. */
function BackupHeader({ backup, isPending, onDelete }: BackupHeaderProps) {
  const { workspaceId, backupId } = useParams()
  const known = backup && {
    title: titleOf(backup),
    badge: <StatusBadge backup={backup} />,
    description: (
      <span className="line-clamp-2 wrap-anywhere">
        {kindWords(backup)}, <RelativeTime at={backup.createdAt} />
        {backup.note !== '' && `: ${backup.note}`}
      </span>
    ),
    actions: <BackupActions backup={backup} atHand={Number(workspaceId)} onDelete={onDelete} />,
  }
  return <PageHeader {...(known ?? { title: `Backup ${backupId ?? ''}`, description: isPending && <Waiting /> })} />
}

/** The line below the title on its way. */
function Waiting() {
  return <Skeleton className="my-1 h-3.5 w-56 max-w-full" />
}

function BackupWaiting({ detail }: { detail: UseQueryResult<Backup, unknown> }) {
  if (detail.isPending) return <BackupSkeleton />
  return (
    <ErrorState
      {...describeFailure(detail.error, 'Could not load the backup')}
      onRetry={() => void detail.refetch()}
      isRetrying={detail.isFetching}
    />
  )
}

function StatusBadge({ backup }: { backup: Backup }) {
  const { words, tone } = STATUS_WORDS[backup.status]
  return <Badge tone={tone}>{words}</Badge>
}

/** Of an uploaded archive that nobody has opened only the file's name is known. */
function titleOf({ kind, summary, workspaceName }: Backup): string {
  return kind === 'uploaded' && summary === null ? `Uploaded archive ${workspaceName}` : `Backup of ${workspaceName}`
}
