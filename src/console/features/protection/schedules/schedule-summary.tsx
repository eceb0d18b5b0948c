import { useQuery } from '@tanstack/react-query'
import { useFormContext, useFormState, useWatch } from 'react-hook-form'

import { createSchedule, type Schedule, updateSchedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import { protection } from '#console/data/protection.ts'
import { targets } from '#console/data/targets.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Button } from '#console/ui/button.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { ComingRuns } from './coming-runs.tsx'
import { hasTime } from './schedule-faults.ts'
import type { ScheduleForm } from './schedule-form.ts'
import { expectedSize, splitStrip, stripSentence } from './strip-words.ts'
import { runsLabel, saveWords, summarySentence } from './summary-words.ts'
import { useSchedulePreview } from './use-schedule-preview.ts'

export interface ScheduleSummaryProps {
  workspaceId: number
  /** The one that is changed; absent = a new one. */
  schedule: Schedule | undefined
  isPending: boolean
  failure: FormFailure | undefined
}

/** What the schedule in the making will do; stays in view beside the form. */
export function ScheduleSummary({ workspaceId, schedule, isPending, failure }: ScheduleSummaryProps) {
  const canSave = useMay()(schedule === undefined ? createSchedule : updateSchedule, workspaceId)
  return (
    <Panel title="What will happen" className="xl:sticky xl:top-[calc(var(--sticky-top,0px)+1.5rem)]">
      <div className="flex flex-col gap-4">
        <WhatWillHappen workspaceId={workspaceId} schedule={schedule} />
        {failure && <FormError {...failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <ButtonLink to={`/w/${workspaceId}/backups`}>{canSave ? 'Cancel' : 'All backups'}</ButtonLink>
          {canSave && <SaveButton schedule={schedule} isPending={isPending} />}
        </div>
      </div>
    </Panel>
  )
}

/** Offers what a press would change: of a schedule that runs with a token's rights these too. */
function SaveButton({ schedule, isPending }: Pick<ScheduleSummaryProps, 'schedule' | 'isPending'>) {
  const { control } = useFormContext<ScheduleForm>()
  const { isDirty } = useFormState({ control })
  const { words, isNeeded } = saveWords(schedule, isDirty)
  return (
    <Button type="submit" variant="primary" pending={isPending} disabled={!isNeeded}>
      {words}
    </Button>
  )
}

type Of = Pick<ScheduleSummaryProps, 'workspaceId' | 'schedule'>

function WhatWillHappen({ workspaceId, schedule }: Of) {
  const { control } = useFormContext<ScheduleForm>()
  const [timeZone, time, kind] = useWatch({ control, name: ['timeZone', 'time', 'kind'] })
  const { answer, refused } = useSchedulePreview(schedule?.id)
  const paused = schedule?.paused ?? false
  const sentence = useSentence(workspaceId, answer.data?.words ?? '', paused)
  const label = runsLabel(timeZone, paused)
  if (refused.length > 0) {
    return <p className="text-sm text-muted">It cannot run like this yet. {refused.map(({ message }) => message)}</p>
  }
  if (answer.isError) {
    return (
      <ErrorState
        {...describeFailure(answer.error, 'Could not work out what will happen')}
        onRetry={() => void answer.refetch()}
        isRetrying={answer.isFetching}
      />
    )
  }
  if (answer.data === undefined) return <TextSkeleton lines={9} label="Working out what will happen" />
  return (
    <>
      <p aria-live="polite" className="wrap-anywhere">
        {sentence}
      </p>
      <div>
        <h3 className="mb-1 text-sm text-muted">{label}</h3>
        <ComingRuns runs={answer.data.next} label={label} wanted={hasTime(kind) ? time : undefined} />
      </div>
      <RoomTaken workspaceId={workspaceId} schedule={schedule} />
    </>
  )
}

function useSentence(workspaceId: number, timing: string, paused: boolean): string {
  const { control } = useFormContext<ScheduleForm>()
  const [contents, encryption, targetId] = useWatch({ control, name: ['contents', 'encryption', 'targetId'] })
  const workspace = useQuery(workspaces.list()).data?.find(({ id }) => id === workspaceId)
  const target = useQuery(targets.list()).data?.find(({ id }) => String(id) === targetId)
  return summarySentence({
    contents,
    encryption,
    timing,
    paused,
    workspaceName: workspace?.name ?? 'this workspace',
    targetName: targetId === '' ? 'this server' : (target?.name ?? 'its target'),
  })
}

/** How many archives will lie there, and how much room they take where one of that kind is known. */
function RoomTaken({ workspaceId, schedule }: Of) {
  const { control } = useFormContext<ScheduleForm>()
  const contents = useWatch({ control, name: 'contents' })
  const { answer, retention } = useSchedulePreview(schedule?.id)
  const lastGood = useQuery(protection.list(workspaceId)).data?.find(
    (item) => item.workspaceId === workspaceId,
  )?.lastGood
  const { coming } = splitStrip(answer.data?.strip ?? [])
  const isEndless = retention !== undefined && Object.values(retention).every((count) => count === 0)
  return (
    <div>
      <h3 className="mb-1 text-sm text-muted">Room it takes</h3>
      <p className="text-sm tabular-nums">{retention && stripSentence(coming, retention)}</p>
      {lastGood && contents !== 'definition' && !isEndless && coming.length > 0 && (
        <p className="text-sm text-muted tabular-nums">{expectedSize(coming.length, lastGood.bytes)}</p>
      )}
    </div>
  )
}
