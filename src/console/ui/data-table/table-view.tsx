import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type MouseEvent } from 'react'

import { cx } from '#console/lib/cx.ts'

import type { DataColumn, RowOpening } from './data-column.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import type { DataTableModel } from './use-data-table.ts'

const rowHeightPx = 32

/** Up to here drawing every row is cheaper than measuring which to draw. */
const plainRowLimit = 200

export interface TableViewProps<Row extends object> extends RowOpening<Row> {
  table: DataTableModel<Row>
  columns: readonly DataColumn<Row>[]
  label: string
  rowLabel: (row: Row) => string
  isSelectable: boolean
  flush: boolean
  onRowClick: ((event: MouseEvent, row: Row) => void) | undefined
}

const tableClass = 'w-full table-fixed border-separate border-spacing-0 text-sm'
const frameClass = 'rounded-lg border bg-panel'

/** The table as a table: plain while it is short, with only the visible rows drawn when it is long. */
export function TableView<Row extends object>(props: TableViewProps<Row>) {
  const { table, columns, label, isSelectable, flush, rowLabel, onRowClick, rowHref, onRowOpen } = props
  const rows = table.getRowModel().rows
  if (rows.length > plainRowLimit) return <VirtualTable {...props} />
  return (
    <div className={cx('overflow-clip [--table-top:var(--sticky-top,0px)]', !flush && frameClass)}>
      <table aria-label={label} className={tableClass}>
        <TableHead table={table} columns={columns} isSelectable={isSelectable} />
        <tbody>
          {rows.map((row) => (
            <TableRow key={row.id} {...{ row, columns, rowLabel, isSelectable, onRowClick, rowHref, onRowOpen }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function VirtualTable<Row extends object>({ table, columns, label, isSelectable, flush, rowLabel, onRowClick, rowHref, onRowOpen }: TableViewProps<Row>) {
  const scrollRef = useRef<HTMLDivElement>(null)
  const rows = table.getRowModel().rows
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scrollRef.current, estimateSize: () => rowHeightPx, overscan: 12 })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div
      ref={scrollRef}
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cx('max-h-[min(70dvh,60rem)] overflow-auto overscroll-contain [--table-top:0px]', !flush && frameClass)}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1} className={tableClass}>
        <TableHead table={table} columns={columns} isSelectable={isSelectable} />
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {items.map((item) => {
            const row = rows[item.index]
            return row && <TableRow key={row.id} rowIndex={item.index + 2} {...{ row, columns, rowLabel, isSelectable, onRowClick, rowHref, onRowOpen }} />
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  )
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height }} className="p-0" />
    </tr>
  )
}
