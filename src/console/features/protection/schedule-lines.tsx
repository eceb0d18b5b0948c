import { CalendarClock, CirclePause, OctagonAlert } from 'lucide-react'

import type { Protection } from '#api/contract/protection.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { inOrder } from './refusal-words.ts'

const SHOWN = 3

interface ScheduleLinesProps {
  schedules: Protection['schedules']
  workspaceId: number
}

/** The schedules of a workspace with their next runs, or why they cannot run; the exact time with its zone on hover. */
export function ScheduleLines({ schedules, workspaceId }: ScheduleLinesProps) {
  if (schedules.length === 0) return null
  const rest = schedules.length - SHOWN
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {inOrder(schedules)
        .slice(0, SHOWN)
        .map((schedule) => (
          <ScheduleLine key={schedule.id} schedule={schedule} to={`/w/${workspaceId}/schedules/${schedule.id}`} />
        ))}
      {rest > 0 && (
        <li>
          <TextLink to={`/w/${workspaceId}/backups`} className="ml-5">
            and {rest} more
          </TextLink>
        </li>
      )}
    </ul>
  )
}

function ScheduleLine({ schedule, to }: { schedule: Protection['schedules'][number]; to: string }) {
  const { name, paused, nextRunAt, refusal } = schedule
  const isRefused = typeof refusal === 'string'
  const Icon = isRefused ? OctagonAlert : paused ? CirclePause : CalendarClock
  return (
    <li className="flex min-w-0 items-start gap-1.5">
      <Icon
        aria-hidden
        className={`mt-0.5 size-3.5 shrink-0 stroke-[1.5] ${isRefused ? 'text-danger' : 'text-muted'}`}
      />
      <span className="min-w-0">
        <TextLink to={to} look="quiet" className="line-clamp-2 wrap-anywhere" title={name}>
          {name}
        </TextLink>{' '}
        {isRefused ? (
          <>
            <span className="font-medium text-danger">cannot run</span>
            <span className="block wrap-anywhere text-muted">
              {refusal} <TextLink to={to}>Open it to save it again</TextLink>
            </span>
          </>
        ) : (
          <span className="text-muted">
            {paused && 'paused'}
            {!paused && nextRunAt !== null && (
              <>
                next <RelativeTime at={nextRunAt} />
              </>
            )}
          </span>
        )}
      </span>
    </li>
  )
}
