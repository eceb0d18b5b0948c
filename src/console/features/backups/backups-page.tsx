import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'

import { createBackup, uploadBackup, listBackups } from '#api/contract/backups.ts'
import { backups, isRunning } from '#console/data/backups.ts'
import { protection } from '#console/data/protection.ts'
import { schedules } from '#console/data/schedules.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { backupPath } from './backup-path.ts'
import { BackupProgress } from './backup-progress.tsx'
import { readBackupSearch, runFilter } from './list/backup-search.ts'
import { BackupsBody } from './list/backups-body.tsx'
import { RecoveryPoint } from './list/recovery-point.tsx'
import { RunCalendar } from './list/run-calendar.tsx'
import { SchedulesPanel } from './list/schedules-panel.tsx'
import { useBackupSearch } from './list/use-backup-search.ts'
import { TakeBackupDialog } from './take/take-backup-dialog.tsx'
import { UnfinishedUploads } from './upload/unfinished-uploads.tsx'
import { UploadDialog } from './upload/upload-dialog.tsx'

export const access = { title: 'Backups', endpoint: listBackups }

export function createLoader(client: QueryClient) {
  return ({ params, request }: LoaderFunctionArgs) => {
    const workspaceId = Number(params['workspaceId'])
    const ignore = () => undefined
    const search = readBackupSearch(new URL(request.url).searchParams)
    void client.query(backups.runs(runFilter(workspaceId, search))).catch(ignore)
    void client.query(backups.list({ workspaceId })).catch(ignore)
    void client.query(protection.list(workspaceId)).catch(ignore)
    void client.query(schedules.list(workspaceId)).catch(ignore)
    return null
  }
}

export function Component() {
  const workspaceId = Number(useParams()['workspaceId'])
  const { search, setSearch } = useBackupSearch()
  const own = useQuery(backups.list({ workspaceId })).data?.items
  const workspace = useQuery(workspaces.list()).data?.find(({ id }) => id === workspaceId)
  const [open, setOpen] = useState<'take' | 'upload'>()
  const close = () => setOpen(undefined)
  const may = useMay()

  return (
    <Page>
      <PageHeader
        title="Backups"
        description={<RecoveryPoint workspaceId={workspaceId} />}
        actions={
          <>
            {may(uploadBackup, 'beyond') && <Button onClick={() => setOpen('upload')}>Upload an archive</Button>}
            {may(createBackup, workspaceId) && (
              <Button variant="primary" onClick={() => setOpen('take')}>
                Take a backup
              </Button>
            )}
          </>
        }
      />
      {own?.filter(isRunning).map((backup) => (
        <BackupProgress key={backup.id} backup={backup} to={backupPath(backup, workspaceId)} />
      ))}
      {open !== 'upload' && <UnfinishedUploads onResume={() => setOpen('upload')} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <SchedulesPanel workspaceId={workspaceId} />
        <RunCalendar workspaceId={workspaceId} chosen={search.day} onChoose={(day) => setSearch({ day })} />
      </div>
      <BackupsBody {...{ workspaceId, search }} onSearch={setSearch} onTake={() => setOpen('take')} />
      {open === 'take' && (
        <TakeBackupDialog
          workspaceId={workspaceId}
          workspaceName={workspace?.name ?? 'this workspace'}
          earlier={own ?? []}
          onClose={close}
        />
      )}
      {open === 'upload' && (
        <UploadDialog
          onClose={close}
          onUploaded={() => {
            close()
            setSearch({ kind: 'uploaded' })
          }}
        />
      )}
    </Page>
  )
}
