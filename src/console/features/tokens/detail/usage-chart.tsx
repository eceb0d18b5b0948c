import type { TokenUsage } from '#api/contract/token-usage.ts'
import { formatUtcDay } from '#console/lib/format-time.ts'
import { formatCompact } from '#console/lib/format.ts'

import { chartWords, dayWords, scaleTop } from './usage-words.ts'

/** Width of a day and height of the chart, in units of its own. */
const STEP = 10
const BAR = 7
const HEIGHT = 60

/** Calls a day, the failed ones at the foot of each bar. */
export function UsageChart({ usage: { byDay } }: { usage: TokenUsage }) {
  const top = scaleTop(Math.max(0, ...byDay.map(({ calls }) => calls)))
  const first = byDay[0]
  return (
    <figure className="flex flex-col gap-1">
      <div className="flex gap-2">
        <div aria-hidden className="flex flex-col justify-between text-right text-xs text-muted tabular-nums">
          <span>{formatCompact(top)}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={chartWords(byDay)}
          viewBox={`0 0 ${byDay.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-28 w-full border-y border-line"
        >
          {byDay.map((day, index) => (
            <DayBar key={day.day} day={day} x={index * STEP} top={top} />
          ))}
        </svg>
      </div>
      <figcaption className="flex justify-between gap-4 text-xs text-muted">
        <span>{first && formatUtcDay(new Date(`${first.day}T00:00:00Z`))}</span>
        <span className="flex gap-4">
          <Key className="bg-accent" words="answered" />
          <Key className="bg-danger" words="refused or failed" />
        </span>
        <span>today</span>
      </figcaption>
    </figure>
  )
}

interface DayBarProps {
  day: TokenUsage['byDay'][number]
  x: number
  top: number
}

/** The words stand over the whole height of the day, so that a small bar can be pointed at too. */
function DayBar({ day, x, top }: DayBarProps) {
  const height = visibleHeight(day.calls, top)
  const failed = Math.min(height, visibleHeight(day.errors, top))
  return (
    <g>
      <title>{dayWords(day)}</title>
      <rect x={x} y={0} width={STEP} height={HEIGHT} className="fill-transparent" />
      <rect x={x} y={HEIGHT - height} width={BAR} height={height - failed} className="fill-accent" />
      <rect x={x} y={HEIGHT - failed} width={BAR} height={failed} className="fill-danger" />
    </g>
  )
}

const visibleHeight = (count: number, top: number): number => (count === 0 ? 0 : Math.max(1.5, (count / top) * HEIGHT))

function Key({ className, words }: { className: string; words: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-xs ${className}`} />
      {words}
    </span>
  )
}
