import type { BackupStatus } from '#api/contract/backups.ts'
import type { Protection } from '#api/contract/protection.ts'
import { formatUtcDay } from '#console/lib/format-time.ts'
import { formatCount } from '#console/lib/format.ts'
import type { DayCell, DayMark } from '#console/ui/day-strip.tsx'

const DAYS = 35
const DAY_MS = 86_400_000

const MARKS: Record<BackupStatus, { mark: DayMark; words: string }> = {
  succeeded: { mark: 'good', words: 'succeeded' },
  warnings: { mark: 'warning', words: 'with warnings' },
  looks_wrong: { mark: 'bad', words: 'looks wrong' },
  failed: { mark: 'bad', words: 'failed' },
  cancelled: { mark: 'open', words: 'cancelled' },
  queued: { mark: 'open', words: 'waiting' },
  running: { mark: 'open', words: 'running' },
}

export const DAY_LEGEND: readonly { mark: DayMark; words: string }[] = [
  { mark: 'good', words: 'good' },
  { mark: 'warning', words: 'with warnings' },
  { mark: 'bad', words: 'failed or looks wrong' },
  { mark: 'open', words: 'under way or cancelled' },
  { mark: 'none', words: 'no run' },
]

/** The last 35 days in UTC, oldest first, each with its worst run. */
export function runDays(calendar: Protection['calendar'], now: Date): DayCell[] {
  const byDay = new Map(calendar.map((entry) => [entry.day, entry]))
  return Array.from({ length: DAYS }, (_, index) => {
    const at = new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS)
    const day = at.toISOString().slice(0, 10)
    const entry = byDay.get(day)
    if (entry === undefined) return { day, mark: 'none', words: `${formatUtcDay(at)}: no run` }
    const { mark, words } = MARKS[entry.worst]
    const runs = formatCount(entry.runs, 'run')
    return { day, mark, words: `${formatUtcDay(at)}: ${runs}, ${entry.runs === 1 ? words : severalWords(entry.worst)}` }
  })
}

/** Of several runs; what has not ended or was cancelled does not stand between good ones. */
function severalWords(worst: BackupStatus): string {
  return worst === 'succeeded' ? 'none failed' : `worst ${MARKS[worst].words}`
}

/** `35 days: 30 good, 3 without a run. 12 Nov: 1 run, failed. 14 Nov: 1 run, looks wrong.` */
export function runDaysLabel(days: readonly DayCell[]): string {
  const count = (mark: DayMark): number => days.filter((day) => day.mark === mark).length
  const bad = days.filter(({ mark }) => mark === 'bad' || mark === 'warning').map(({ words }) => words)
  return [`${days.length} days: ${count('good')} good, ${count('none')} without a run`, ...bad].join('. ') + '.'
}
