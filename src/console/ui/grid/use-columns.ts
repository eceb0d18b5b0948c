import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useState, type RefObject } from 'react'

import { defaultColumnWidthPx, maxColumnWidthPx, minColumnWidthPx, type GridColumn } from './grid-column.ts'

/** A column that is to be drawn, and where. */
export interface PlacedColumn {
  index: number
  column: GridColumn
  left: number
  width: number
}

/** The visible columns with the widths the reader gave them. */
export function useColumns(
  scrollRef: RefObject<HTMLElement | null>,
  columns: readonly GridColumn[],
  gutterPx: number,
  onResize?: (id: string, width: number) => void,
) {
  const [widths, setWidths] = useState<Record<string, number>>({})
  const widthOf = (column: GridColumn | undefined): number =>
    column ? (widths[column.id] ?? column.width ?? defaultColumnWidthPx) : 0

  // oxlint-disable-next-line react/incompatible-library -- the warning concerns the React Compiler, which this build does not use
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => widthOf(columns[index]),
    paddingStart: gutterPx,
    overscan: 3,
  })

  useEffect(() => virtualizer.measure(), [virtualizer, widths, columns, gutterPx])

  const resize = (index: number, width: number) => {
    const column = columns[index]
    if (!column) return
    const next = Math.round(Math.min(maxColumnWidthPx, Math.max(minColumnWidthPx, width)))
    setWidths((previous) => ({ ...previous, [column.id]: next }))
    onResize?.(column.id, next)
  }

  const scrollToColumn = (index: number) => {
    const element = scrollRef.current
    if (!element) return
    const start = gutterPx + columns.slice(0, index).reduce((sum, column) => sum + widthOf(column), 0)
    const hiddenRight = start + widthOf(columns[index]) - element.clientWidth
    if (start - gutterPx < element.scrollLeft) element.scrollLeft = start - gutterPx
    else if (hiddenRight > element.scrollLeft) element.scrollLeft = hiddenRight
  }

  const items = virtualizer.getVirtualItems()
  const placed = useMemo(
    () =>
      items.flatMap((item): PlacedColumn[] => {
        const column = columns[item.index]
        return column ? [{ index: item.index, column, left: item.start, width: item.size }] : []
      }),
    [items, columns],
  )

  return {
    placed,
    totalPx: virtualizer.getTotalSize(),
    resize,
    scrollToColumn,
    widthOf: (index: number) => widthOf(columns[index]),
  }
}
