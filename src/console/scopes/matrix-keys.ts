import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react'

const BOX = '[role="checkbox"]:not([data-disabled])'

interface Step {
  rows: number
  cells: number
}

const STEPS: Record<string, Step> = {
  ArrowUp: { rows: -1, cells: 0 },
  ArrowDown: { rows: 1, cells: 0 },
  ArrowLeft: { rows: 0, cells: -1 },
  ArrowRight: { rows: 0, cells: 1 },
}

/** Arrow keys go to the next box in their direction, over places that have none. */
export function moveInMatrix(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key]
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td, th') : null
  if (step === undefined || cell === null) return
  event.preventDefault()
  nextBox(event.currentTarget, cell, step)?.focus()
}

function nextBox(table: HTMLTableElement, cell: HTMLTableCellElement, step: Step): HTMLElement | undefined {
  const row = cell.closest('tr')
  if (row === null) return undefined
  let rowIndex = row.rowIndex + step.rows
  let cellIndex = cell.cellIndex + step.cells
  // Rows between them tell something of the one above, in one cell.
  while (table.rows[rowIndex] !== undefined && cellIndex >= 0 && cellIndex < row.cells.length) {
    const box = table.rows[rowIndex]?.cells[cellIndex]?.querySelector<HTMLElement>(BOX)
    if (box) return box
    rowIndex += step.rows
    cellIndex += step.cells
  }
  return undefined
}

/** Makes a table of boxes one stop of the Tab key: the box that had the focus last, at first the first one. */
export function useOneStop() {
  const ref = useRef<HTMLTableElement>(null)
  const lastRef = useRef<Element>(null)

  function settle(): void {
    const boxes = [...(ref.current?.querySelectorAll<HTMLElement>(BOX) ?? [])]
    const stop = boxes.find((box) => box === lastRef.current) ?? boxes[0]
    for (const box of boxes) box.tabIndex = box === stop ? 0 : -1
  }
  // After each drawing: a search leaves other boxes, and a box can be locked.
  useEffect(settle)

  return {
    ref,
    onFocus: ({ target }: FocusEvent<HTMLTableElement>) => {
      if (!target.matches(BOX)) return
      lastRef.current = target
      settle()
    },
  }
}
