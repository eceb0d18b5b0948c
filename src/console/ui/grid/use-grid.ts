import { useEffect, useEffectEvent, useState, type RefObject } from 'react'

import { formatNumber } from '#console/lib/format.ts'
import { useCopied } from '#console/lib/use-copied.ts'

import type { DataGridProps } from './data-grid-props.ts'
import { headerRow, type CellPosition } from './grid-column.ts'
import { useColumns } from './use-columns.ts'
import { useGridCursor } from './use-grid-cursor.ts'
import { useRowWindow } from './use-row-window.ts'

/** Room for the largest row number, in 12 px figures. */
function gutterWidth(rowCount: number): number {
  return Math.ceil(Math.max(44, formatNumber(rowCount).length * 7.5 + 20))
}

/** What a `DataGrid` knows and does, apart from how it looks. */
export function useGrid<Row>(gridRef: RefObject<HTMLElement | null>, props: DataGridProps<Row>) {
  const { rowCount, columns, getRow, getText } = props
  const gutterPx = gutterWidth(rowCount)
  const rows = useRowWindow(gridRef, rowCount)
  const { placed, totalPx, resize, scrollToColumn, widthOf } = useColumns(
    gridRef,
    columns,
    gutterPx,
    props.onColumnResize,
  )
  const [shown, setShown] = useState<CellPosition | null>(null)
  const { copy } = useCopied()

  const textAt = ({ row, column }: CellPosition): string | undefined => {
    const data = getRow(row)
    const definition = columns[column]
    return data !== undefined && definition ? (getText?.(definition, data) ?? undefined) : undefined
  }

  const { cursor, ...handlers } = useGridCursor(
    { rowCount, columnCount: columns.length, pageRows: rows.pageRows },
    {
      columns,
      sort: props.sort,
      onSort: props.onSort,
      onOpenRow: props.onOpenRow,
      onEdit: props.onEdit,
      onCursorChange: props.onCursorChange,
      onCopy: (at) => void copy(textAt(at) ?? ''),
      onShowValue: setShown,
      onResizeBy: (column, deltaPx) => resize(column, widthOf(column) + deltaPx),
      reveal: ({ row, column }) => {
        if (row !== headerRow) rows.scrollToRow(row)
        scrollToColumn(column)
      },
    },
  )

  useVisibleRange(rows.firstVisible, rows.lastVisible, props.onVisibleRange)

  return { rows, gutterPx, placed, totalPx, resize, cursor, handlers, shown, setShown, textAt }
}

function useVisibleRange(
  first: number,
  last: number,
  onVisibleRange: ((first: number, last: number) => void) | undefined,
) {
  const report = useEffectEvent((from: number, to: number) => onVisibleRange?.(from, to))
  useEffect(() => {
    if (last >= first) report(first, last)
  }, [first, last])
}
