import { headerRow, type CellPosition } from './grid-column.ts'

export interface GridExtent {
  rowCount: number
  columnCount: number
  /** Rows that fit the window. */
  pageRows: number
}

interface Move extends CellPosition {
  hasCtrl: boolean
  lastRow: number
  lastColumn: number
  pageRows: number
}

const moves: Record<string, (move: Move) => CellPosition> = {
  ArrowUp: ({ row, column, hasCtrl }) => ({ row: hasCtrl ? 0 : Math.max(headerRow, row - 1), column }),
  ArrowDown: ({ row, column, hasCtrl, lastRow }) => ({ row: hasCtrl ? lastRow : Math.min(lastRow, row + 1), column }),
  ArrowLeft: ({ row, column, hasCtrl }) => ({ row, column: hasCtrl ? 0 : Math.max(0, column - 1) }),
  ArrowRight: ({ row, column, hasCtrl, lastColumn }) => ({
    row,
    column: hasCtrl ? lastColumn : Math.min(lastColumn, column + 1),
  }),
  Home: ({ row, hasCtrl, lastRow }) => ({ row: hasCtrl ? Math.min(0, lastRow) : row, column: 0 }),
  End: ({ row, hasCtrl, lastRow, lastColumn }) => ({ row: hasCtrl ? lastRow : row, column: lastColumn }),
  PageUp: ({ row, column, lastRow, pageRows }) => ({ row: Math.min(Math.max(0, row - pageRows), lastRow), column }),
  PageDown: ({ row, column, lastRow, pageRows }) => ({ row: Math.min(row + pageRows, lastRow), column }),
}

/** Where a key moves the cursor; nothing when the key is not one that moves. */
export function moveCursor(
  key: string,
  hasCtrl: boolean,
  at: CellPosition,
  { rowCount, columnCount, pageRows }: GridExtent,
): CellPosition | undefined {
  return moves[key]?.({ ...at, hasCtrl, lastRow: rowCount - 1, lastColumn: columnCount - 1, pageRows })
}
