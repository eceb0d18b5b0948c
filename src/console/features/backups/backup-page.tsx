import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'

import type { Backup } from '#api/contract/backups.ts'
import { backups, isRunning } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { BackupActions } from './backup-actions.tsx'
import { BackupFacts } from './backup-facts.tsx'
import { BackupProgress } from './backup-progress.tsx'
import { kindWords, STATUS_WORDS } from './backup-words.ts'
import { CoveragePanel } from './coverage-panel.tsx'
import { DeleteBackupDialog } from './delete-backup-dialog.tsx'

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(backups.detail(Number(params['backupId']))).catch(() => undefined)
    return null
  }
}

export function Component() {
  const { workspaceId, backupId } = useParams()
  const detail = useQuery(backups.detail(Number(backupId)))
  if (detail.data) return <BackupView backup={detail.data} listPath={`/w/${workspaceId ?? ''}/backups`} />
  return (
    <Page>
      <PageHeader title="Backup" />
      {detail.isPending ? (
        <TextSkeleton lines={6} label="Loading the backup" />
      ) : (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the backup')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
    </Page>
  )
}

function BackupView({ backup, listPath }: { backup: Backup; listPath: string }) {
  const navigate = useNavigate()
  const [isDeleting, setIsDeleting] = useState(false)
  const { words, tone } = STATUS_WORDS[backup.status]

  return (
    <Page>
      <PageHeader
        title={titleOf(backup)}
        badge={<Badge tone={tone}>{words}</Badge>}
        description={
          <>
            {kindWords(backup)}, <RelativeTime at={backup.createdAt} />
          </>
        }
        actions={<BackupActions backup={backup} onDelete={() => setIsDeleting(true)} />}
      />
      {isRunning(backup) && <BackupProgress backup={backup} />}
      {backup.failure && (
        <Callout tone="danger" title={backup.failure.message}>
          Nothing of it was kept. The workspace was not touched. <code className="text-xs">{backup.failure.code}</code>
        </Callout>
      )}
      <BackupFacts backup={backup} />
      <CoveragePanel backup={backup} />
      {isDeleting && (
        <DeleteBackupDialog
          backup={backup}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => void navigate(listPath)}
        />
      )}
    </Page>
  )
}

/** Of an uploaded archive that nobody has opened only the file's name is known. */
function titleOf({ kind, summary, workspaceName }: Backup): string {
  return kind === 'uploaded' && summary === null ? `Uploaded archive ${workspaceName}` : `Backup of ${workspaceName}`
}
