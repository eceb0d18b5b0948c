import { Popover } from '@base-ui/react/popover'
import { useRef, type ReactNode, type RefObject } from 'react'

import { cx } from '#console/lib/cx.ts'
import { formatNumber } from '#console/lib/format.ts'

import { CopyButton } from '../copy-button.tsx'
import { popupClass } from '../overlay-classes.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { cellId, type CellPosition, type GridColumn } from './grid-column.ts'

export interface CellPopoverProps<Row> {
  gridId: string
  gridRef: RefObject<HTMLElement | null>
  columns: readonly GridColumn[]
  getRow: (index: number) => Row | undefined
  renderCell: (column: GridColumn, row: Row) => ReactNode
  /** The cell it shows; nothing while closed. */
  position: CellPosition | null
  /** The whole value, to read and to copy. */
  text: string | undefined
  onClose: () => void
}

/** The whole of a value that its cell cuts. */
export function CellPopover<Row>({
  gridId,
  gridRef,
  columns,
  getRow,
  renderCell,
  position,
  text,
  onClose,
}: CellPopoverProps<Row>) {
  const valueRef = useRef<HTMLElement>(null)
  const column = position ? columns[position.column] : undefined
  const row = position ? getRow(position.row) : undefined
  const title = position && column ? `${column.header} · row ${formatNumber(position.row + 1)}` : ''
  return (
    <Popover.Root open={position !== null} onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={() => position && document.getElementById(cellId(gridId, position))}
          align="start"
          side="bottom"
          sideOffset={-rowOverlapPx}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            initialFocus={valueRef}
            finalFocus={gridRef}
            className={cx(popupClass, 'w-112 max-w-[calc(100vw-1rem)]')}
          >
            <div className="flex min-h-9 items-center justify-between gap-3 border-b py-1 pr-1 pl-3">
              <Popover.Title className="truncate text-xs font-medium text-muted">{title}</Popover.Title>
              {text !== undefined && <CopyButton text={text} label="Copy value" />}
            </div>
            <ScrollRegion
              ref={valueRef}
              aria-label={title}
              className="max-h-80 overflow-auto px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap outline-none"
            >
              {text ?? (column && row !== undefined && renderCell(column, row)) ?? (
                <span className="text-muted italic">null</span>
              )}
            </ScrollRegion>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** It opens over its cell, so that the eye stays where it was. */
const rowOverlapPx = 33
