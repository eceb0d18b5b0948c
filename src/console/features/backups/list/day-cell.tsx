import { Check, Ellipsis, Minus, TriangleAlert, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'

import type { BackupStatus } from '#api/contract/backups.ts'
import { STATUS_WORDS } from '#console/data/run-words.ts'
import { cx } from '#console/lib/cx.ts'
import { formatCount } from '#console/lib/format.ts'

import { type CalendarDay, dayName } from './calendar-days.ts'

const good = { Icon: Check, look: 'bg-success-soft text-success', words: 'succeeded' }
const busy = { Icon: Ellipsis, look: 'bg-info-soft text-info', words: 'under way' }
const warned = { Icon: TriangleAlert, look: 'bg-warning-soft text-warning', words: 'with warnings' }
const bad = { Icon: X, look: 'bg-danger-soft text-danger', words: 'failed or looks wrong' }
const cancelled = { Icon: Minus, look: 'bg-muted text-muted', words: 'only cancelled' }
const looks: Record<BackupStatus, typeof good> = {
  succeeded: good,
  queued: busy,
  running: busy,
  warnings: warned,
  looks_wrong: bad,
  failed: bad,
  cancelled,
}

/** Beside its ground, because the ground says how the runs ended. */
const TODAY = 'underline decoration-2 underline-offset-2'

export interface DayCellProps {
  cell: CalendarDay
  /** Among all cells, row by row. */
  place: number
  /** The one that Tab leads to. */
  isEntry: boolean
  isChosen: boolean
  onChoose: (day: string | undefined) => void
  onKey: (event: KeyboardEvent, place: number) => void
}

/** One day: a button where there were runs, marked by the worst of them. */
export function DayCell({ cell, place, isEntry, isChosen, onChoose, onKey }: DayCellProps) {
  const { day, number, run, isToday } = cell
  if (run === undefined) {
    return (
      <span className="flex h-7 items-center justify-center rounded-sm text-muted tabular-nums">
        <span className={isToday ? TODAY : undefined}>{number}</span>
        <span className="sr-only">{isToday ? ', today' : ''}, no run</span>
      </span>
    )
  }
  const { Icon, look } = looks[run.worst]
  return (
    <button
      type="button"
      data-place={place}
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isChosen}
      aria-current={isToday ? 'date' : undefined}
      aria-label={`${dayName(day)}: ${formatCount(run.runs, 'run')}, ${STATUS_WORDS[run.worst].words.toLowerCase()}`}
      onClick={() => onChoose(isChosen ? undefined : day)}
      onKeyDown={(event) => onKey(event, place)}
      className={cx(
        'flex h-7 w-full items-center justify-center gap-0.5 rounded-sm border font-medium tabular-nums',
        look,
        isChosen ? 'border-accent' : 'border-transparent hover:border-line-strong',
      )}
    >
      <span className={isToday ? TODAY : undefined}>{number}</span>
      <Icon aria-hidden className="size-3 shrink-0 stroke-[2]" />
    </button>
  )
}

/** What the marks of the days mean. */
export function CalendarLegend() {
  return (
    <div className="mt-3 text-xs text-muted">
      <p>The mark is of the worst run of the day:</p>
      <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
        {[good, warned, bad, busy, cancelled].map(({ Icon, look, words }) => (
          <li key={words} className="flex items-center gap-1">
            <span className={cx('flex size-4 items-center justify-center rounded-xs', look)}>
              <Icon aria-hidden className="size-3 stroke-[2]" />
            </span>
            {words}
          </li>
        ))}
        <li className="flex items-center gap-1">
          <span aria-hidden className={cx('font-medium', TODAY)}>
            21
          </span>
          today
        </li>
      </ul>
    </div>
  )
}
