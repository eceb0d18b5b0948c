import { useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react'

import type { Sort } from '../sort.ts'
import { headerRow, type CellPosition, type GridColumn } from './grid-column.ts'
import { moveCursor, type GridExtent } from './grid-keys.ts'

/** How much one key press changes a column's width. */
const resizeStepPx = 16

export interface GridActions {
  columns: readonly GridColumn[]
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
  onOpenRow: ((row: number) => void) | undefined
  onEdit: ((row: number, columnId: string) => void) | undefined
  onCursorChange: ((cursor: { row: number; columnId: string }) => void) | undefined
  onCopy: (cursor: CellPosition) => void
  onShowValue: (cursor: CellPosition) => void
  onResizeBy: (column: number, deltaPx: number) => void
  reveal: (cursor: CellPosition) => void
}

/** The one cell that keys act on. The grid itself holds the focus, so rows may come and go while scrolling. */
export function useGridCursor(extent: GridExtent, actions: GridActions) {
  const [wanted, setWanted] = useState<CellPosition | null>(null)
  const cursor = wanted && clampCursor(wanted, extent)

  function moveTo(next: CellPosition) {
    setWanted(next)
    actions.reveal(next)
    const column = actions.columns[next.column]
    if (column && next.row !== headerRow) actions.onCursorChange?.({ row: next.row, columnId: column.id })
  }

  function sortBy(columnIndex: number) {
    const { columns, sort, onSort } = actions
    const column = columns[columnIndex]
    if (!column?.sortable) return
    onSort?.({ id: column.id, direction: sort?.id === column.id && sort.direction === 'asc' ? 'desc' : 'asc' })
  }

  function actOnHeader(event: KeyboardEvent, column: number): boolean {
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    if (event.key === 'Enter' || event.key === ' ') sortBy(column)
    else if (isArrow && event.shiftKey)
      actions.onResizeBy(column, event.key === 'ArrowLeft' ? -resizeStepPx : resizeStepPx)
    else return false
    return true
  }

  function actOnCell(event: KeyboardEvent, at: CellPosition): boolean {
    const column = actions.columns[at.column]
    if (event.key === 'Enter') actions.onOpenRow?.(at.row)
    else if (event.key === ' ') actions.onShowValue(at)
    else if (event.key === 'F2' && column) actions.onEdit?.(at.row, column.id)
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey)) actions.onCopy(at)
    else return false
    return true
  }

  function handleKeyDown(event: KeyboardEvent) {
    // Keys typed into an editor or a popover inside the grid are not the grid's.
    if (event.target !== event.currentTarget || event.altKey) return
    const at = cursor ?? { row: 0, column: 0 }
    const hasActed = at.row === headerRow ? actOnHeader(event, at.column) : actOnCell(event, at)
    if (hasActed) event.preventDefault()
    else {
      const next = moveCursor(event.key, event.ctrlKey || event.metaKey, at, extent)
      if (!next) return
      event.preventDefault()
      moveTo(next)
    }
  }

  function handleClick(event: MouseEvent) {
    const hit = hitOf(event)
    if (!hit) return
    moveTo(hit)
    if (hit.row === headerRow) sortBy(hit.column)
    // A finger has neither Enter nor a double click.
    else if (isTouch(event)) actions.onOpenRow?.(hit.row)
  }

  function handleDoubleClick(event: MouseEvent) {
    const hit = hitOf(event)
    if (!hit || hit.row === headerRow) return
    const column = actions.columns[hit.column]
    if (actions.onEdit && column) actions.onEdit(hit.row, column.id)
    else actions.onOpenRow?.(hit.row)
  }

  function handleFocus(event: FocusEvent) {
    // A press sets the cursor itself; moving it here would scroll the pressed cell away from under the pointer.
    if (event.target !== event.currentTarget || !event.currentTarget.matches(':focus-visible')) return
    if (!wanted) moveTo({ row: extent.rowCount > 0 ? 0 : headerRow, column: 0 })
  }

  return { cursor, handleKeyDown, handleClick, handleDoubleClick, handleFocus }
}

function clampCursor({ row, column }: CellPosition, { rowCount, columnCount }: GridExtent): CellPosition {
  return { row: Math.min(row, rowCount - 1), column: Math.min(column, columnCount - 1) }
}

/** True for a tap, and for any press where there is only room for a phone's layout. */
function isTouch({ nativeEvent }: MouseEvent): boolean {
  const isTap = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'
  return isTap || matchMedia('(width < 40rem)').matches
}

/** The cell under the pointer, read from its element: one listener serves a million cells. */
function hitOf(event: MouseEvent): CellPosition | undefined {
  const { target, currentTarget } = event
  if (
    !(target instanceof HTMLElement || target instanceof SVGElement) ||
    !currentTarget.contains(target) ||
    target.closest('[data-resizer]')
  )
    return undefined
  const element = target.closest<HTMLElement>('[data-row]')
  const row = Number(element?.dataset['row'])
  const column = Number(element?.dataset['column'])
  return Number.isInteger(row) && Number.isInteger(column) ? { row, column } : undefined
}
