import { cx } from '#console/lib/cx.ts'

import { primaryColumn } from './data-column.ts'
import { RowLink } from './row-opening.tsx'
import { SelectBox } from './select-box.tsx'
import type { TableViewProps } from './table-view-props.ts'
import type { DataRow } from './use-data-table.ts'

export type StackedViewProps<Row extends object> = Omit<TableViewProps<Row>, 'onRowClick'>

/** The same rows on a narrow screen: the fields that matter, under each other. */
export function StackedView<Row extends object>({ table, label, flush, ...rest }: StackedViewProps<Row>) {
  return (
    <ul aria-label={label} className={cx('bg-panel text-sm', !flush && 'rounded-lg border')}>
      {table.getRowModel().rows.map((row) => (
        <StackedRow key={row.id} row={row} {...rest} />
      ))}
    </ul>
  )
}

type StackedRowProps<Row extends object> = Omit<StackedViewProps<Row>, 'table' | 'label' | 'flush'> & {
  row: DataRow<Row>
}

function StackedRow<Row extends object>({
  row,
  columns,
  rowLabel,
  isSelectable,
  rowHref,
  onRowOpen,
}: StackedRowProps<Row>) {
  const data = row.original
  const primary = primaryColumn(columns)
  const secondary = columns.filter((column) => column.stacked === 'secondary')
  const actions = columns.find((column) => column.stacked === 'actions')
  return (
    <li className="relative flex items-start gap-3 px-3 py-2 not-last:border-b">
      {isSelectable && (
        <SelectBox
          aria-label={`Select ${rowLabel(data)}`}
          checked={row.getIsSelected()}
          onCheckedChange={(checked) => row.toggleSelected(checked)}
          className="relative z-1 mt-0.5"
        />
      )}
      <div className="min-w-0 flex-1">
        <div className="font-medium wrap-anywhere">
          <RowLink row={data} rowHref={rowHref} onRowOpen={onRowOpen} isStretched>
            {primary?.cell(data)}
          </RowLink>
        </div>
        {secondary.length > 0 && (
          <dl className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-muted">
            {secondary.map((column) => (
              <div key={column.id} className="flex min-w-0 gap-1.5">
                <dt className={column.hideHeader ? 'sr-only' : 'shrink-0'}>{column.header}</dt>
                <dd className="min-w-0 wrap-anywhere text-foreground [&_a,&_button]:relative [&_a,&_button]:z-1">
                  {column.cell(data)}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {actions && <div className="relative z-1 -my-0.5 shrink-0">{actions.cell(data)}</div>}
    </li>
  )
}
