import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { backups, isRunning } from '#console/data/backups.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { Button } from '#console/ui/button.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { BackupProgress } from './backup-progress.tsx'
import { BackupsBody } from './backups-body.tsx'
import { LastGoodBackup } from './last-good-backup.tsx'
import { TakeBackupDialog } from './take-backup-dialog.tsx'
import { UploadDialog } from './upload-dialog.tsx'
import { backupFilter, useBackupView } from './use-backup-view.ts'

export function createLoader(client: QueryClient) {
  return ({ params }: LoaderFunctionArgs) => {
    void client.query(backups.list({ workspaceId: Number(params['workspaceId']) })).catch(() => undefined)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const { view, setView } = useBackupView()
  const own = useQuery(backups.list({ workspaceId }))
  const list = useQuery(backups.list(backupFilter(workspaceId, view)))
  const workspace = useQuery(workspaces.list()).data?.find(({ id }) => id === workspaceId)
  const [open, setOpen] = useState<'take' | 'upload'>()
  const close = () => setOpen(undefined)

  return (
    <Page>
      <PageHeader
        title="Backups"
        description={<LastGoodBackup list={own.data?.items} />}
        actions={
          <>
            <Button onClick={() => setOpen('upload')}>Upload an archive</Button>
            <Button variant="primary" onClick={() => setOpen('take')}>
              Take a backup
            </Button>
          </>
        }
      />
      {own.data?.items.filter(isRunning).map((backup) => (
        <BackupProgress key={backup.id} backup={backup} />
      ))}
      <BackupsBody {...{ list, view, workspaceId }} onViewChange={setView} onTake={() => setOpen('take')} />
      {open === 'take' && (
        <TakeBackupDialog
          workspaceId={workspaceId}
          workspaceName={workspace?.name ?? 'this workspace'}
          onClose={close}
        />
      )}
      {open === 'upload' && (
        <UploadDialog
          onClose={close}
          onUploaded={() => {
            close()
            setView({ show: 'uploaded' })
          }}
        />
      )}
    </Page>
  )
}
