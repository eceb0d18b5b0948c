import type { ReactNode } from 'react'

import type { Sort } from '../sort.ts'
import type { GridColumn } from './grid-column.ts'

export interface DataGridProps<Row> {
  /** The grid's accessible name. */
  label: string
  rowCount: number
  /** Keep the array and the functions stable: cells are drawn again when they change. */
  columns: readonly GridColumn[]
  /** The row at a place, or nothing while it is on its way. */
  getRow: (index: number) => Row | undefined
  renderCell: (column: GridColumn, row: Row) => ReactNode
  /** The whole value as text, for copying and the popover; `null` for null. */
  getText?: ((column: GridColumn, row: Row) => string | null) | undefined
  /** Called when other rows come into view, so that they can be fetched. */
  onVisibleRange?: ((first: number, last: number) => void) | undefined
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  /** Enter, the row's number, or a double click where nothing is edited. */
  onOpenRow?: ((index: number) => void) | undefined
  /** F2 or a double click. */
  onEdit?: ((index: number, columnId: string) => void) | undefined
  /** What stands in a cell while it is edited. */
  editor?: { row: number; columnId: string; content: ReactNode } | undefined
  isDirty?: ((column: GridColumn, row: Row) => boolean) | undefined
  onCursorChange?: ((cursor: { row: number; columnId: string }) => void) | undefined
  onColumnResize?: ((columnId: string, width: number) => void) | undefined
  /** At the right of the bar under the grid; the position is at its left. */
  status?: ReactNode
  className?: string | undefined
}
