import { useQuery } from '@tanstack/react-query'

import { createSchedule, type Schedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { STATUS_WORDS } from '#console/data/run-words.ts'
import { schedules } from '#console/data/schedules.ts'
import { cx } from '#console/lib/cx.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { Skeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { timingWords } from './timing-words.ts'

/** More than that are scrolled. */
const SHOWN = 5

/** What takes backups of the workspace by itself. */
export function SchedulesPanel({ workspaceId }: { workspaceId: number }) {
  const base = `/w/${workspaceId}/schedules`
  const list = useQuery(schedules.list(workspaceId))
  const canMake = useMay()(createSchedule, workspaceId)
  return (
    <Panel
      title="Schedules"
      flush
      actions={
        canMake && (
          <ButtonLink to={`${base}/new`} size="sm">
            Make a schedule
          </ButtonLink>
        )
      }
    >
      {list.isPending && <Waiting />}
      {list.isLoadingError && (
        <div className="p-4">
          <ErrorState
            {...describeFailure(list.error, 'Could not load the schedules')}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        </div>
      )}
      {list.data?.length === 0 && (
        <p className="p-4 text-sm text-muted">
          Nothing takes backups of this workspace by itself. A schedule does, and tells when one fails or is missed.
        </p>
      )}
      {list.data !== undefined && list.data.length > 0 && (
        <ul className={cx('text-sm', list.data.length > SHOWN && 'max-h-80 overflow-y-auto')}>
          {list.data.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} to={`${base}/${schedule.id}`} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ScheduleRow({ schedule, to }: { schedule: Schedule; to: string }) {
  const { name, timing, timeZone, encrypted, targetName, passwordReminder, refusal } = schedule
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2 not-last:border-b">
      <div className="min-w-0 flex-[1_1_16rem]">
        <TextLink look="quiet" to={to} className="wrap-anywhere">
          {name}
        </TextLink>
        <p className="wrap-anywhere text-muted">
          {timingWords(timing)} ({timeZone}) · to {targetName} · {encrypted ? 'encrypted' : 'not encrypted'}
        </p>
        {passwordReminder && <p className="text-warning">Nobody has proven its password for 90 days</p>}
        {typeof refusal === 'string' && (
          <p className="wrap-anywhere text-muted">
            {refusal} <TextLink to={to}>Open it to save it again</TextLink>
          </p>
        )}
      </div>
      <div className="text-muted">
        <NextRun schedule={schedule} />
      </div>
      <LastRun schedule={schedule} />
    </li>
  )
}

function NextRun({ schedule: { paused, nextRunAt, refusal } }: { schedule: Schedule }) {
  if (paused) return <Badge tone="warning">Paused</Badge>
  if (typeof refusal === 'string') return <Badge tone="danger">Cannot run</Badge>
  if (nextRunAt === null) return null
  return (
    <>
      next <RelativeTime at={nextRunAt} className="whitespace-nowrap text-foreground" />
    </>
  )
}

function LastRun({ schedule: { lastBackup, workspaceId } }: { schedule: Schedule }) {
  if (lastBackup === null) return <span className="text-muted">never ran</span>
  const known = Object.entries(STATUS_WORDS).find(([status]) => status === lastBackup.status)?.[1]
  return (
    <span className="flex items-center gap-2 text-muted">
      <TextLink to={`/w/${workspaceId}/backups/${lastBackup.id}`}>last run</TextLink>
      <RelativeTime at={lastBackup.at} />
      {known && <Badge tone={known.tone}>{known.words}</Badge>}
    </span>
  )
}

function Waiting() {
  return (
    <output aria-label="Loading schedules" className="flex flex-col gap-2 p-4">
      <Skeleton className="h-3.5 w-40" />
      <Skeleton className="h-3 w-64" />
    </output>
  )
}
