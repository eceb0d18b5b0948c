/** What a day was: each has a shape of its own, so that colour only repeats it. */
export type DayMark = 'good' | 'warning' | 'bad' | 'open' | 'none'

export interface DayCell {
  /** Unique in the strip: `2026-11-20`. */
  day: string
  mark: DayMark
  /** Shown while it is pointed at: "20 Nov: 1 run, succeeded". */
  words: string
}

const CELL_WIDTH = 6
const CELL_HEIGHT = 16
const STEP = 8

/** Days in a row, oldest first. `label` says in words what stands out, because single cells have no place to focus. */
export function DayStrip({ days, label }: { days: readonly DayCell[]; label: string }) {
  const width = Math.max(1, days.length) * STEP - (STEP - CELL_WIDTH)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${CELL_HEIGHT}`}
      width={width}
      height={CELL_HEIGHT}
      className="max-w-full overflow-visible"
    >
      {days.map(({ day, mark, words }, index) => (
        <MarkShape key={day} mark={mark} x={index * STEP} words={words} />
      ))}
    </svg>
  )
}

/** The shapes with their words, to stand under the strips. */
export function DayStripLegend({ items }: { items: readonly { mark: DayMark; words: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {items.map(({ mark, words }) => (
        <li key={mark} className="flex items-center gap-1.5">
          <svg aria-hidden width={CELL_WIDTH} height={CELL_HEIGHT} className="overflow-visible">
            <MarkShape mark={mark} />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

interface MarkShapeProps {
  mark: DayMark
  x?: number
  words?: string
}

/** One element a day and its words: hundreds of strips stand on one page. */
function MarkShape({ mark, x = 0, words }: MarkShapeProps) {
  const title = words !== undefined && <title>{words}</title>
  if (mark === 'bad') {
    return (
      <path
        d={`M${x + 0.5} 5 l5 6 m0 -6 l-5 6`}
        strokeWidth={2}
        strokeLinecap="round"
        pointerEvents="bounding-box"
        className="stroke-danger"
      >
        {title}
      </path>
    )
  }
  const { y, height, inset, className } = BARS[mark]
  return (
    <rect
      x={x + inset}
      y={y + inset}
      width={CELL_WIDTH - 2 * inset}
      height={height - 2 * inset}
      rx={1}
      strokeWidth={1.5}
      className={className}
    >
      {title}
    </rect>
  )
}

/** Where each bar begins and how high it is; `inset` leaves room for its outline. */
const BARS = {
  good: { y: 0, height: CELL_HEIGHT, inset: 0, className: 'fill-success' },
  warning: { y: CELL_HEIGHT / 2, height: CELL_HEIGHT / 2, inset: 0, className: 'fill-warning' },
  open: { y: 0, height: CELL_HEIGHT, inset: 0.75, className: 'fill-transparent stroke-line-strong' },
  none: { y: CELL_HEIGHT - 2, height: 2, inset: 0, className: 'fill-line-strong opacity-60' },
}
