import { useQuery } from '@tanstack/react-query'

import { ApiError } from '#api/client/api-error.ts'
import type { Schedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { NotFoundPage } from '#console/ui/not-found-page.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { ScheduleEditor } from './schedule-editor.tsx'
import { EditorSkeleton } from './schedules/editor-skeleton.tsx'
import { LastRuns } from './schedules/last-runs.tsx'
import { ScheduleActions } from './schedules/schedule-actions.tsx'
import { ScheduleNotes } from './schedules/schedule-notes.tsx'

/** A schedule that is there: how it does, and its form. */
export function SavedSchedule({ workspaceId, scheduleId }: { workspaceId: number; scheduleId: number }) {
  const detail = useQuery(schedules.detail(scheduleId))
  const toast = useToast()
  const schedule = detail.data
  const isElsewhere = schedule !== undefined && schedule.workspaceId !== workspaceId
  const isGone = schedule === undefined && detail.error instanceof ApiError && detail.error.code === 'not_found'
  if (isGone || isElsewhere) {
    return (
      <NotFoundPage title="No such schedule" backTo={`/w/${workspaceId}/backups`} backLabel="Backups of the workspace">
        It was deleted, or the link is incomplete. Its backups stay.
      </NotFoundPage>
    )
  }
  return (
    <Page>
      <ScheduleHeader schedule={schedule} />
      {detail.isPending && <EditorSkeleton />}
      {detail.isLoadingError && (
        <ErrorState
          {...describeFailure(detail.error, 'Could not load the schedule')}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
      {schedule && (
        <>
          <ScheduleNotes schedule={schedule} />
          <LastRuns schedule={schedule} />
          <ScheduleEditor
            workspaceId={workspaceId}
            schedule={schedule}
            onSaved={({ name }) => toast.success(`Schedule ${name} saved`)}
          />
        </>
      )}
    </Page>
  )
}

function ScheduleHeader({ schedule }: { schedule: Schedule | undefined }) {
  if (schedule === undefined) return <PageHeader title="Schedule" description="Backups on a timetable." />
  const { name, paused, nextRunAt, timeZone, refusal } = schedule
  return (
    <PageHeader
      title={name}
      badge={<StateBadge schedule={schedule} />}
      description={
        paused || nextRunAt === null ? (
          'It does not run until it is resumed.'
        ) : (
          <>
            Next run <RelativeTime at={nextRunAt} />, by the clocks of {timeZone}
            {typeof refusal === 'string' && '; it will fail'}.
          </>
        )
      }
      actions={<ScheduleActions schedule={schedule} />}
    />
  )
}

function StateBadge({ schedule: { paused, refusal } }: { schedule: Schedule }) {
  if (paused) return <Badge tone="warning">Paused</Badge>
  return typeof refusal === 'string' ? <Badge tone="danger">Cannot run</Badge> : <Badge tone="success">Active</Badge>
}
