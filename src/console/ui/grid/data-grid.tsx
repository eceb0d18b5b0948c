import { useId, useRef } from 'react'

import { CellPopover } from './cell-popover.tsx'
import type { DataGridProps } from './data-grid-props.ts'
import { cellId, headerRow } from './grid-column.ts'
import { GridHeader } from './grid-header.tsx'
import { GridRow } from './grid-row.tsx'
import { GridStatus } from './grid-status.tsx'
import { rowHeightPx } from './scroll-scale.ts'
import { useGrid } from './use-grid.ts'

/** A table that may have millions of rows, fetched as they come into view. It fills its container and scrolls by itself. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rowCount, columns, getRow, renderCell, sort, onSort, onOpenRow, editor, isDirty } = props
  const gridId = useId()
  const gridRef = useRef<HTMLDivElement>(null)
  const { rows, gutterPx, placed, totalPx, resize, cursor, handlers, shown, setShown, textAt } = useGrid(gridRef, props)

  return (
    <div
      className={`flex min-h-0 min-w-0 flex-col overflow-hidden rounded-lg border bg-panel ${props.className ?? 'flex-1'}`}
    >
      <div
        ref={gridRef}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={cursor ? cellId(gridId, cursor) : undefined}
        tabIndex={0}
        onKeyDown={handlers.handleKeyDown}
        onClick={handlers.handleClick}
        onDoubleClick={handlers.handleDoubleClick}
        onFocus={handlers.handleFocus}
        className="group/grid relative min-h-0 flex-1 overflow-auto overscroll-contain text-sm outline-none"
      >
        <div
          role="presentation"
          style={{ width: totalPx, height: rows.bodyPx + rowHeightPx }}
          className="relative min-w-full"
        >
          <GridHeader
            {...{ gridId, placed, sort, gutterPx }}
            canSort={onSort !== undefined}
            activeColumn={cursor?.row === headerRow ? cursor.column : undefined}
            onResize={resize}
          />
          {Array.from({ length: rows.last - rows.first + 1 }, (_, offset) => rows.first + offset).map((index) => (
            <GridRow
              key={index}
              {...{ gridId, index, placed, renderCell, isDirty, gutterPx, onOpenRow }}
              row={getRow(index)}
              shift={rows.shift}
              activeColumn={cursor?.row === index ? cursor.column : undefined}
              editor={editor?.row === index ? editor : undefined}
            />
          ))}
        </div>
      </div>
      <GridStatus cursor={cursor} rowCount={rowCount} column={cursor ? columns[cursor.column] : undefined}>
        {props.status}
      </GridStatus>
      <CellPopover
        {...{ gridId, gridRef, columns, getRow, renderCell }}
        position={shown}
        text={shown ? textAt(shown) : undefined}
        onClose={() => setShown(null)}
      />
    </div>
  )
}
