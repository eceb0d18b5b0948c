/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells are placed by hand, which table elements do not allow */
import { ArrowDown, ArrowUp } from 'lucide-react'

import { cx } from '#console/lib/cx.ts'

import { ariaSortWords, type Sort } from '../sort.ts'
import { cellId, headerRow } from './grid-column.ts'
import { ResizeHandle } from './resize-handle.tsx'
import type { PlacedColumn } from './use-columns.ts'

export interface GridHeaderProps {
  gridId: string
  placed: readonly PlacedColumn[]
  sort: Sort | undefined
  canSort: boolean
  /** The column of the cursor, when it is in the header. */
  activeColumn: number | undefined
  gutterPx: number
  onResize: (column: number, width: number) => void
}

/** The header of 32 px: type, name, order. The grid handles its clicks and keys. */
export function GridHeader({ gridId, placed, sort, canSort, activeColumn, gutterPx, onResize }: GridHeaderProps) {
  return (
    <div role="row" aria-rowindex={1} className="sticky top-0 z-20 h-8 bg-panel text-xs font-medium">
      <div
        role="columnheader"
        aria-colindex={1}
        style={{ width: gutterPx }}
        className="sticky left-0 z-10 h-8 border-r border-b bg-panel"
      >
        <span className="sr-only">Row</span>
      </div>
      {placed.map((place) => (
        <HeaderCell
          key={place.column.id}
          id={cellId(gridId, { row: headerRow, column: place.index })}
          place={place}
          isSortable={canSort && place.column.sortable === true}
          direction={sort?.id === place.column.id ? sort.direction : undefined}
          isActive={place.index === activeColumn}
          onResize={(width) => onResize(place.index, width)}
        />
      ))}
    </div>
  )
}

interface HeaderCellProps {
  id: string
  place: PlacedColumn
  isSortable: boolean
  direction: Sort['direction'] | undefined
  isActive: boolean
  onResize: (width: number) => void
}

function HeaderCell({
  id,
  place: { index, column, left, width },
  isSortable,
  direction,
  isActive,
  onResize,
}: HeaderCellProps) {
  const Icon = direction === 'desc' ? ArrowDown : ArrowUp
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction ? ariaSortWords[direction] : isSortable ? 'none' : undefined}
      data-row={headerRow}
      data-column={index}
      title={column.typeName ? `${column.header} · ${column.typeName}` : column.header}
      style={{ left, width }}
      className={cx(
        'absolute top-0 flex h-8 items-center gap-1.5 border-r border-b pr-3 pl-2 select-none',
        isSortable && 'cursor-pointer hover:bg-hover',
        isActive && 'outline-2 -outline-offset-2 outline-line-strong group-focus/grid:outline-accent',
      )}
    >
      {column.typeGlyph && (
        <span
          aria-hidden
          className="grid shrink-0 place-items-center font-mono text-key font-normal text-muted [&_svg]:size-3.5 [&_svg]:stroke-[1.5]"
        >
          {column.typeGlyph}
        </span>
      )}
      <span className={cx('min-w-0 flex-1 truncate', column.align === 'right' && 'text-right')}>{column.header}</span>
      {column.typeName && <span className="sr-only">{column.typeName}</span>}
      {direction && <Icon aria-hidden className="size-3.5 shrink-0 stroke-[1.5] text-accent" />}
      <ResizeHandle width={width} onResize={onResize} />
    </div>
  )
}
