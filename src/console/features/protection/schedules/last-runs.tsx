import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import type { Schedule } from '#api/contract/schedules.ts'
import { backups, tookMs } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { STATUS_WORDS } from '#console/data/run-words.ts'
import { schedules } from '#console/data/schedules.ts'
import { formatBytes, formatCount, formatDuration } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

const SHOWN = 5

/** The newest runs of a schedule and what became of them. */
export function LastRuns({ schedule }: { schedule: Schedule }) {
  const list = useQuery({ ...backups.list({ scheduleId: schedule.id }), enabled: schedule.lastBackup !== null })
  useFreshSchedule(list.data?.items[0])
  if (schedule.lastBackup === null) return null
  if (list.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(list.error, 'Could not load the last runs')}
        onRetry={() => void list.refetch()}
        isRetrying={list.isFetching}
      />
    )
  }
  const shown = list.data?.items.slice(0, SHOWN)
  return (
    <Panel
      title="Last runs"
      flush
      actions={
        <TextLink to={`/w/${schedule.workspaceId}/backups`} className="text-sm">
          All backups
        </TextLink>
      }
    >
      <ul aria-label="Last runs" className="min-h-9 text-sm">
        {shown?.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
    </Panel>
  )
}

/** Has the schedule, and what lies there of it, read again when its newest run is another one or ends. */
function useFreshSchedule(newest: Backup | undefined) {
  const client = useQueryClient()
  const state = newest && `${newest.id} ${newest.status}`
  const seen = useRef(state)
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== state) {
      void client.invalidateQueries({ queryKey: schedules.key })
    }
    seen.current = state
  }, [client, state])
}

function Run({ run }: { run: Backup }) {
  const { words, tone } = STATUS_WORDS[run.status]
  return (
    <li className="flex min-h-9 flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2 not-last:border-b">
      <TextLink to={`/w/${run.workspaceId ?? 0}/backups/${run.id}`} look="quiet" className="w-24">
        <RelativeTime at={run.createdAt} />
      </TextLink>
      <span className="w-28">
        <Badge tone={tone}>{words}</Badge>
      </span>
      <span className="line-clamp-2 min-w-0 flex-[1_1_14rem] wrap-anywhere text-muted tabular-nums">
        {outcome(run)}
      </span>
    </li>
  )
}

/** `214 MB · 12,430 rows · 12 s`, or why there is no archive. */
function outcome(run: Backup): string {
  const { failure, bytes, rows, status } = run
  if (failure !== null) return failure.message
  if (status === 'queued' || status === 'cancelled') return ''
  const ms = tookMs(run)
  return [formatBytes(bytes), formatCount(rows, 'row'), ...(ms === undefined ? [] : [formatDuration(ms)])].join(' · ')
}
