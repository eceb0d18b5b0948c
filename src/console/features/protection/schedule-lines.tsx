import { CalendarClock, CirclePause } from 'lucide-react'

import type { Protection } from '#api/contract/protection.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

const SHOWN = 3

interface ScheduleLinesProps {
  schedules: Protection['schedules']
  workspaceId: number
}

/** The schedules of a workspace with their next runs; the exact time with its zone on hover. */
export function ScheduleLines({ schedules, workspaceId }: ScheduleLinesProps) {
  if (schedules.length === 0) return null
  const rest = schedules.length - SHOWN
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {inOrder(schedules)
        .slice(0, SHOWN)
        .map(({ id, name, paused, nextRunAt }) => {
          const Icon = paused ? CirclePause : CalendarClock
          return (
            <li key={id} className="flex min-w-0 items-start gap-1.5">
              <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 stroke-[1.5] text-muted" />
              <span className="min-w-0">
                <TextLink
                  to={`/w/${workspaceId}/schedules/${id}`}
                  look="quiet"
                  className="line-clamp-2 wrap-anywhere"
                  title={name}
                >
                  {name}
                </TextLink>{' '}
                <span className="text-muted">
                  {paused && 'paused'}
                  {!paused && nextRunAt !== null && (
                    <>
                      next <RelativeTime at={nextRunAt} />
                    </>
                  )}
                </span>
              </span>
            </li>
          )
        })}
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

/** What runs next comes first, what pauses last. */
function inOrder(schedules: Protection['schedules']): Protection['schedules'] {
  return schedules.toSorted((a, b) => (a.nextRunAt ?? '9').localeCompare(b.nextRunAt ?? '9'))
}
