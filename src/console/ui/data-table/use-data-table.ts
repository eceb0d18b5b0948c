import {
  functionalUpdate,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ReactTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'

import type { Sort } from '../sort.ts'
import type { DataColumn, RowSelection } from './data-column.ts'

const features = tableFeatures({ rowSortingFeature, rowSelectionFeature })

export type DataTableModel<Row extends object> = ReactTable<typeof features, Row>
export type DataRow<Row extends object> = ReturnType<DataTableModel<Row>['getRowModel']>['rows'][number]

export interface DataTableState<Row extends object> {
  rows: readonly Row[]
  columns: readonly DataColumn<Row>[]
  rowKey: (row: Row) => string
  sort?: Sort | undefined
  onSortChange?: ((sort: Sort) => void) | undefined
  selection?: RowSelection | undefined
}

/** The table's model. Order and selection belong to the caller: the server sorts, the page knows what is chosen. */
export function useDataTable<Row extends object>({
  rows,
  columns,
  rowKey,
  sort,
  onSortChange,
  selection,
}: DataTableState<Row>): DataTableModel<Row> {
  const data = useMemo(() => [...rows], [rows])
  const definitions = useMemo(() => columns.map(toDefinition), [columns])
  const sorting = sort ? [{ id: sort.id, desc: sort.direction === 'desc' }] : []
  const rowSelection = Object.fromEntries([...(selection?.selected ?? [])].map((key) => [key, true] as const))

  return useTable({
    features,
    data,
    columns: definitions,
    getRowId: rowKey,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, rowSelection },
    onSortingChange: (updater) => {
      const next = functionalUpdate(updater, sorting)[0]
      if (next) onSortChange?.({ id: next.id, direction: next.desc ? 'desc' : 'asc' })
    },
    onRowSelectionChange: (updater) => {
      const next = functionalUpdate(updater, rowSelection)
      selection?.onSelectedChange(new Set(Object.keys(next).filter((key) => next[key])))
    },
  })
}

function toDefinition<Row extends object>(column: DataColumn<Row>): ColumnDef<typeof features, Row> {
  return {
    id: column.id,
    accessorFn: () => undefined,
    header: column.header,
    enableSorting: column.sortable ?? false,
    sortDescFirst: column.descendingFirst ?? false,
    cell: ({ row }) => column.cell(row.original),
  }
}
