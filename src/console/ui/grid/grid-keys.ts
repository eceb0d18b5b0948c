import { headerRow, type CellPosition } from './grid-column.ts'

export interface GridExtent {
  rowCount: number
  columnCount: number
  /** Rows that fit the window. */
  pageRows: number
}

/** Where a key moves the cursor; nothing when the key is not one that moves. */
export function moveCursor(key: string, hasCtrl: boolean, { row, column }: CellPosition, extent: GridExtent): CellPosition | undefined {
  const lastRow = extent.rowCount - 1
  const lastColumn = extent.columnCount - 1
  const clampRow = (next: number): number => Math.min(Math.max(0, next), lastRow)
  switch (key) {
    case 'ArrowUp':
      return { row: hasCtrl ? 0 : Math.max(headerRow, row - 1), column }
    case 'ArrowDown':
      return { row: hasCtrl ? lastRow : Math.min(lastRow, row + 1), column }
    case 'ArrowLeft':
      return { row, column: hasCtrl ? 0 : Math.max(0, column - 1) }
    case 'ArrowRight':
      return { row, column: hasCtrl ? lastColumn : Math.min(lastColumn, column + 1) }
    case 'Home':
      return { row: hasCtrl ? clampRow(0) : row, column: 0 }
    case 'End':
      return { row: hasCtrl ? lastRow : row, column: lastColumn }
    case 'PageUp':
      return { row: clampRow(row - extent.pageRows), column }
    case 'PageDown':
      return { row: clampRow(row + extent.pageRows), column }
    default:
      return undefined
  }
}
