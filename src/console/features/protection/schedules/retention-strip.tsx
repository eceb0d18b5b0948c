import type { StripItem } from '#api/contract/schedules.ts'
import { cx } from '#console/lib/cx.ts'
import { formatNumber } from '#console/lib/format.ts'

import { CELLS_MAX, comingCells, legendOf, presentCells } from './strip-words.ts'

interface RetentionStripProps {
  title: string
  items: readonly StripItem[]
  /** `coming` tells ages, `present` dates. */
  kind: 'coming' | 'present'
  sentence?: string | undefined
}

/** Archives in a row, the newest at the left; each with the letter of the rule that keeps it. */
export function RetentionStrip({ title, items, kind, sentence }: RetentionStripProps) {
  const drawn = items.slice(0, CELLS_MAX)
  const cells = kind === 'coming' ? comingCells(drawn) : presentCells(drawn)
  const rest = items.length - drawn.length
  return (
    <figure className="flex min-h-20 flex-col gap-1.5 rounded-lg border bg-panel px-3 py-2.5">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted tabular-nums">{sentence}</span>
      </figcaption>
      <ol aria-label={`${title}, newest first`} className="flex flex-wrap items-center gap-0.5">
        {cells.map(({ key, letter, words }) => (
          <li key={key} title={words}>
            <span aria-hidden className={cellClass(letter)}>
              {letter}
            </span>
            <span className="sr-only">{words}</span>
          </li>
        ))}
        {rest > 0 && <li className="pl-1 text-sm text-muted">and {formatNumber(rest)} more</li>}
      </ol>
      <p aria-hidden className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted">
        {items.length > 1 && <span>newest at the left</span>}
        {legendOf(items).map(({ letter, words }) => (
          <span key={letter} className="inline-flex items-center gap-1">
            <span className={cx(cellClass(letter), 'h-4! w-4!')}>{letter}</span>
            {words}
          </span>
        ))}
      </p>
    </figure>
  )
}

function cellClass(letter: string): string {
  return cx(
    'grid h-6 w-5 place-items-center rounded-xs text-xs font-medium',
    letter === '' ? 'border border-dashed border-line-strong' : 'bg-accent-soft text-accent',
  )
}
