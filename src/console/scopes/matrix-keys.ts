import type { KeyboardEvent } from 'react'

const STEPS: Record<string, { rows: number; cells: number }> = {
  ArrowUp: { rows: -1, cells: 0 },
  ArrowDown: { rows: 1, cells: 0 },
  ArrowLeft: { rows: 0, cells: -1 },
  ArrowRight: { rows: 0, cells: 1 },
}

/** Arrow keys go to the next box in their direction, over places that have none. */
export function moveInMatrix(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key]
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td, th') : null
  const row = cell?.closest('tr')
  if (step === undefined || cell === null || row === null || row === undefined) return
  event.preventDefault()
  const { rows } = event.currentTarget
  let rowIndex = row.rowIndex + step.rows
  let cellIndex = cell.cellIndex + step.cells
  while (rows[rowIndex]?.cells[cellIndex] !== undefined) {
    const box = rows[rowIndex]?.cells[cellIndex]?.querySelector<HTMLElement>('[role="checkbox"]:not([data-disabled])')
    if (box) return box.focus()
    rowIndex += step.rows
    cellIndex += step.cells
  }
}
