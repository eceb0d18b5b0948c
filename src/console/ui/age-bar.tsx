import { cx } from '#console/lib/cx.ts'

export interface AgeBarProps {
  /** How old it is, and how old it may be, in the same unit; null where nothing is wanted. */
  age: number
  wanted: number | null
  tone: 'success' | 'warning' | 'danger'
  /** Says the same in words: "4 h old, wanted 24 h". */
  words: string
}

const fills = { success: 'bg-success', warning: 'bg-warning', danger: 'bg-danger' }

/** An age against what is wanted: the track is what may be, a mark shows it where the age is beyond. No bar without a wish. */
export function AgeBar({ age, wanted, tone, words }: AgeBarProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-sm tabular-nums">{words}</span>
      {wanted !== null && (
        <span aria-hidden className="relative h-1.5 w-full max-w-48 overflow-hidden rounded-full bg-muted">
          <span
            className={cx('block h-full rounded-full', fills[tone])}
            style={{ width: `${Math.max(2, Math.min(1, age / wanted) * 100)}%` }}
          />
          {age > wanted && (
            <span className="absolute inset-y-0 w-0.5 bg-foreground" style={{ left: `${(wanted / age) * 100}%` }} />
          )}
        </span>
      )}
    </div>
  )
}
