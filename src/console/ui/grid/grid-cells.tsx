/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells are placed by hand, which table elements do not allow */
import { memo, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { Skeleton } from '../skeleton.tsx'
import { cellId, type GridColumn } from './grid-column.ts'
import type { PlacedColumn } from './use-columns.ts'

export interface GridCellsProps<Row> {
  gridId: string
  index: number
  row: Row | undefined
  placed: readonly PlacedColumn[]
  /** The column of the cursor, when it is in this row. */
  activeColumn: number | undefined
  renderCell: (column: GridColumn, row: Row) => ReactNode
  isDirty: ((column: GridColumn, row: Row) => boolean) | undefined
  /** Stands in a cell instead of its value. */
  editor: { columnId: string; content: ReactNode } | undefined
}

const loadingWidths = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2']

function GridCellsInner<Row>({
  gridId,
  index,
  row,
  placed,
  activeColumn,
  renderCell,
  isDirty,
  editor,
}: GridCellsProps<Row>): ReactNode {
  return placed.map(({ index: column, column: definition, left, width }) => {
    const isActive = column === activeColumn
    const isEditing = editor?.columnId === definition.id
    return (
      <div
        key={definition.id}
        id={cellId(gridId, { row: index, column })}
        role="gridcell"
        aria-colindex={column + 2}
        aria-selected={isActive}
        data-row={index}
        data-column={column}
        style={{ left, width }}
        className={cx(
          'absolute inset-y-0 flex items-center overflow-hidden border-r border-b',
          definition.align === 'right' && 'justify-end tabular-nums',
          definition.mono && 'font-mono text-xs',
          isActive && 'z-1 outline-2 -outline-offset-2 outline-line-strong group-focus/grid:outline-accent',
          row !== undefined && isDirty?.(definition, row) && 'shadow-[inset_2px_0_0_var(--accent)]',
          !isEditing && 'px-2',
        )}
      >
        {isEditing ? (
          editor.content
        ) : row === undefined ? (
          <Skeleton className={cx('h-3', loadingWidths[(index + column) % loadingWidths.length])} />
        ) : (
          <CellValue isRight={definition.align === 'right'}>{renderCell(definition, row)}</CellValue>
        )}
      </div>
    )
  })
}

function CellValue({ children, isRight }: { children: ReactNode; isRight: boolean }) {
  if (children === null || children === undefined) return <span className="text-muted italic">null</span>
  return (
    <span className={cx('min-w-0 overflow-hidden whitespace-pre', !isRight && 'flex-1 mask-r-from-[calc(100%-1rem)]')}>
      {children}
    </span>
  )
}

/** The cells of one row. Memoised: a scroll moves rows, it does not draw their cells again. */
export const GridCells = memo(GridCellsInner) as typeof GridCellsInner
