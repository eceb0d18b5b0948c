import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { backups, isRunning } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { formatBytes, formatCount } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Button } from '#console/ui/button.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Progress } from '#console/ui/progress.tsx'

import { backupStage } from './restore-words.ts'

export interface BackUpFirstProps {
  workspaceId: number
  name: string
}

/** Saves the workspace that is about to be overwritten, in place. Nobody has to wait for it, or to use it. */
export function BackUpFirst({ workspaceId, name }: BackUpFirstProps) {
  const [startedId, setStartedId] = useState<number>()
  const create = useMutation(backups.create())
  const failure = formFailure(create.error, 'The backup was not started')

  function handleStart() {
    create.mutate({ workspaceId }, { onSuccess: ({ id }) => setStartedId(id) })
  }

  return (
    <div aria-live="polite" className="flex flex-col items-start gap-2">
      {failure && <FormError {...failure} />}
      {startedId === undefined ? (
        <Button
          onClick={handleStart}
          pending={create.isPending}
          className="h-auto! min-h-8 max-w-full shrink! py-1 wrap-anywhere whitespace-normal!"
        >
          <span className="min-w-0 wrap-anywhere">Back up {name} now</span>
        </Button>
      ) : (
        <StartedBackup id={startedId} onRetry={() => setStartedId(undefined)} />
      )}
    </div>
  )
}

function StartedBackup({ id, onRetry }: { id: number; onRetry: () => void }) {
  const detail = useQuery(backups.detail(id))
  if (detail.data) return <BackupState backup={detail.data} onRetry={onRetry} />
  if (detail.isPending) return <Progress label="Starting the backup" className="w-full max-w-md" />
  return (
    <ErrorState
      {...describeFailure(detail.error, 'Could not load the backup')}
      onRetry={() => void detail.refetch()}
      isRetrying={detail.isFetching}
    />
  )
}

function BackupState({ backup, onRetry }: { backup: Backup; onRetry: () => void }) {
  if (isRunning(backup)) {
    const share = backup.stage === 'rows' ? { value: backup.tablesDone, total: backup.tablesTotal ?? undefined } : {}
    return (
      <div className="w-full max-w-md rounded-lg border bg-panel px-4 py-3">
        <Progress
          label={backupStage(backup)}
          detail={`${formatCount(backup.rows, 'row')} · ${formatBytes(backup.bytes)}`}
          {...share}
        />
      </div>
    )
  }
  if (backup.status === 'failed' || backup.status === 'cancelled') {
    return (
      <>
        <p className="text-sm text-danger">
          The backup was not made{backup.failure === null ? '.' : `: ${backup.failure.message}`}
        </p>
        <Button onClick={onRetry}>Try another</Button>
      </>
    )
  }
  const isVerified = backup.verifiedAt !== null && backup.status !== 'looks_wrong'
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      Backup #{backup.id} holds {formatCount(backup.rows, 'row')}, {formatBytes(backup.bytes)}.
      {isVerified ? <Badge tone="success">Verified</Badge> : <Badge tone="warning">Not verified</Badge>}
    </p>
  )
}
