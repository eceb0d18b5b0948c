/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells are placed by hand, which table elements do not allow */
import { formatNumber } from '#console/lib/format.ts'

import { GridCells, type GridCellsProps } from './grid-cells.tsx'
import { rowHeightPx } from './scroll-scale.ts'

export interface GridRowProps<Row> extends GridCellsProps<Row> {
  shift: number
  gutterPx: number
  onOpenRow: ((index: number) => void) | undefined
}

const gutterClass = 'flex h-full w-full items-center justify-end pr-2 text-xs text-muted tabular-nums'

/** One row of 32 px, placed by hand; its number opens it. */
export function GridRow<Row>({ shift, gutterPx, onOpenRow, ...cells }: GridRowProps<Row>) {
  const number = formatNumber(cells.index + 1)
  return (
    <div
      role="row"
      aria-rowindex={cells.index + 2}
      style={{ top: rowHeightPx * (cells.index + 1) + shift }}
      className="group/row absolute left-0 h-8 w-full hover:bg-hover"
    >
      <div
        role="rowheader"
        aria-colindex={1}
        style={{ width: gutterPx }}
        className="sticky left-0 z-10 h-8 border-r border-b bg-panel group-hover/row:bg-hover"
      >
        {onOpenRow && cells.row !== undefined ? (
          // The keyboard opens a row by Enter in any of its cells.
          <button
            type="button"
            tabIndex={-1}
            aria-label={`Open row ${number}`}
            onClick={() => onOpenRow(cells.index)}
            className={`${gutterClass} hover:text-foreground hover:underline`}
          >
            {number}
          </button>
        ) : (
          <span className={gutterClass}>{number}</span>
        )}
      </div>
      <GridCells {...cells} />
    </div>
  )
}
