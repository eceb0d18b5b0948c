import { useIsNarrow } from '#console/lib/use-media-query.ts'

import type { RowOpening } from './data-column.ts'
import { useRowClick } from './row-opening.tsx'
import { StackedView } from './stacked-view.tsx'
import { TableView } from './table-view.tsx'
import { useDataTable, type DataTableState } from './use-data-table.ts'

export interface DataTableProps<Row extends object> extends DataTableState<Row>, RowOpening<Row> {
  /** The table's accessible name: "Tokens". */
  label: string
  /** What a row is called; for the selection's checkboxes. */
  rowLabel?: ((row: Row) => string) | undefined
  /** Without a border of its own, inside a flush `Panel`. */
  flush?: boolean | undefined
}

/**
 * Rows and columns of things. The caller handles pending (`DataTableSkeleton`), error and empty before it comes here; the server sorts, filters and pages.
 * Under 640 px it becomes a list of the columns marked `stacked`; above 200 rows only what is visible is drawn.
 */
export function DataTable<Row extends object>({
  label,
  rowLabel,
  flush = false,
  rowHref,
  onRowOpen,
  ...state
}: DataTableProps<Row>) {
  const table = useDataTable(state)
  const onRowClick = useRowClick({ rowHref, onRowOpen })
  const isNarrow = useIsNarrow()
  const view = {
    table,
    columns: state.columns,
    label,
    rowLabel: rowLabel ?? state.rowKey,
    isSelectable: state.selection !== undefined,
    flush,
    rowHref,
    onRowOpen,
  }
  return isNarrow ? <StackedView {...view} /> : <TableView {...view} onRowClick={onRowClick} />
}
