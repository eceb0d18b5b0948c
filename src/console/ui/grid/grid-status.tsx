import type { ReactNode } from 'react'

import { formatCount, formatNumber } from '#console/lib/format.ts'

import { headerRow, type CellPosition, type GridColumn } from './grid-column.ts'

interface GridStatusProps {
  cursor: CellPosition | null
  column: GridColumn | undefined
  rowCount: number
  children?: ReactNode
}

/** The bar under the grid: where the cursor is, and what the caller adds. */
export function GridStatus({ cursor, column, rowCount, children }: GridStatusProps) {
  const isOnRow = cursor && cursor.row !== headerRow
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center justify-between gap-x-4 border-t px-3 text-xs text-muted tabular-nums">
      <span>
        {isOnRow ? `Row ${formatNumber(cursor.row + 1)} of ${formatNumber(rowCount)}` : formatCount(rowCount, 'row')}
        {isOnRow && column && ` · ${column.header}`}
      </span>
      {children && <div className="flex items-center gap-3">{children}</div>}
    </div>
  )
}
