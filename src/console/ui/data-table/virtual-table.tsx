import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

import { cx } from '#console/lib/cx.ts'

import { ScrollRegion } from '../scroll-region.tsx'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { frameClass, tableClass, type TableViewProps } from './table-view-props.ts'

const rowHeightPx = 32

/** Draws only the rows in view. A file of its own, because most lists are short and need not wait for its code. */
export function VirtualTable<Row extends object>({
  table,
  columns,
  label,
  isSelectable,
  flush,
  rowLabel,
  onRowClick,
  rowHref,
  onRowOpen,
}: TableViewProps<Row>) {
  const scrollRef = useRef<HTMLElement>(null)
  const rows = table.getRowModel().rows
  // oxlint-disable-next-line react/incompatible-library -- the warning concerns the React Compiler, which this build does not use
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <ScrollRegion
      ref={scrollRef}
      aria-label={label}
      className={cx(
        'max-h-[min(70dvh,60rem)] overflow-auto overscroll-contain [--table-top:0px]',
        !flush && frameClass,
      )}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1} className={tableClass}>
        <TableHead table={table} columns={columns} isSelectable={isSelectable} />
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <TableRow
                  key={row.id}
                  rowIndex={item.index + 2}
                  {...{ row, columns, rowLabel, isSelectable, onRowClick, rowHref, onRowOpen }}
                />
              )
            )
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td aria-hidden style={{ height }} className="p-0" />
    </tr>
  )
}
