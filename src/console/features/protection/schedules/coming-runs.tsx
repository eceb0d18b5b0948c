import { CalendarClock } from 'lucide-react'

import type { ComingRun } from '#api/contract/schedules.ts'
import { useNow } from '#console/lib/use-now.ts'
import { ExactTime } from '#console/ui/exact-time.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { clockNote, farWords, isFar, localParts } from './coming-run-words.ts'

const HOUR_MS = 3_600_000

interface ComingRunsProps {
  runs: readonly ComingRun[]
  /** What the list is: `Next runs, in Europe/Berlin`. */
  label: string
  /** The time of day that is asked for; an expression has none. */
  wanted: string | undefined
}

/** The next runs in the schedule's own time, with what the clocks do to them. */
export function ComingRuns({ runs, label, wanted }: ComingRunsProps) {
  const now = useNow(HOUR_MS)
  if (runs.length === 0) return <p className="text-sm text-muted">It never runs.</p>
  return (
    <ol aria-label={label} className="flex flex-col gap-1 text-sm">
      {runs.map((run) => {
        const { day, time } = localParts(run)
        const note = clockNote(run, wanted)
        return (
          <li key={run.at}>
            <span className="flex items-baseline gap-2 tabular-nums">
              <span className="w-24 shrink-0">{day}</span>
              <span className="font-medium">{time}</span>
              <span className="text-muted">
                {isFar(run.at, now) ? <FarTime at={run.at} now={now} /> : <RelativeTime at={run.at} />}
              </span>
            </span>
            {note !== undefined && (
              <span className="flex items-start gap-1.5 text-warning">
                <CalendarClock aria-hidden className="mt-0.5 size-3.5 shrink-0 stroke-[1.5]" />
                {note}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** A time that is so far away that `RelativeTime` would say the date, which stands beside it already. */
function FarTime({ at, now }: { at: string; now: Date }) {
  return <ExactTime at={new Date(at)}>{farWords(at, now)}</ExactTime>
}
