import type { MouseEvent } from 'react'

import type { DataColumn, RowOpening } from './data-column.ts'
import type { DataTableModel } from './use-data-table.ts'

export interface TableViewProps<Row extends object> extends RowOpening<Row> {
  table: DataTableModel<Row>
  columns: readonly DataColumn<Row>[]
  label: string
  rowLabel: (row: Row) => string
  isSelectable: boolean
  flush: boolean
  onRowClick: ((event: MouseEvent, row: Row) => void) | undefined
}

export const tableClass = 'w-full table-fixed border-separate border-spacing-0 text-sm'
export const frameClass = 'rounded-lg border bg-panel'
