import { lazy, Suspense, type ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { frameClass, tableClass, type TableViewProps } from './table-view-props.ts'

/** Up to here drawing every row is cheaper than measuring which to draw. */
const plainRowLimit = 200

// `lazy` forgets that the component takes rows of any kind.
const VirtualTable = lazy(async () => ({ default: (await import('./virtual-table.tsx')).VirtualTable })) as unknown as <
  Row extends object,
>(
  props: TableViewProps<Row>,
) => ReactNode

/** The table as a table: plain while it is short, with only the visible rows drawn when it is long. */
export function TableView<Row extends object>(props: TableViewProps<Row>) {
  const { table, columns, label, isSelectable, flush, rowLabel, onRowClick, rowHref, onRowOpen } = props
  const rows = table.getRowModel().rows
  if (rows.length > plainRowLimit) {
    return (
      <Suspense>
        <VirtualTable {...props} />
      </Suspense>
    )
  }
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
