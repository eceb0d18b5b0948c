import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'

import { cx } from '#console/lib/cx.ts'

import { ariaSortWords } from '../sort.ts'
import { columnClass, type DataColumn } from './data-column.ts'
import { SelectBox } from './select-box.tsx'
import type { DataTableModel } from './use-data-table.ts'

const headClass = 'sticky top-(--table-top) z-10 h-8 bg-panel text-xs font-medium text-muted'

interface TableHeadProps<Row extends object> {
  table: DataTableModel<Row>
  columns: readonly DataColumn<Row>[]
  isSelectable: boolean
}

/** The header row; pressing a sortable column asks the caller for another order. */
export function TableHead<Row extends object>({ table, columns, isSelectable }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {isSelectable && (
          <th scope="col" className={cx(headClass, 'w-10 border-b pl-4')}>
            <SelectBox
              aria-label="Select all rows"
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
              onCheckedChange={(checked) => table.toggleAllRowsSelected(checked)}
              className="mx-auto"
            />
          </th>
        )}
        {columns.map((column) => {
          const model = table.getColumn(column.id)
          const direction = model?.getIsSorted() || undefined
          return (
            <th
              key={column.id}
              scope="col"
              style={{ width: column.width }}
              aria-sort={direction ? ariaSortWords[direction] : column.sortable ? 'none' : undefined}
              className={cx(headClass, columnClass(column), column.align !== 'right' && 'text-left')}
            >
              {column.sortable ? (
                <SortButton
                  label={column.header}
                  direction={direction}
                  isRight={column.align === 'right'}
                  onPress={() => model?.toggleSorting()}
                />
              ) : (
                <span className={column.hideHeader ? 'sr-only' : 'block truncate'}>{column.header}</span>
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface SortButtonProps {
  label: string
  direction: 'asc' | 'desc' | undefined
  isRight: boolean
  onPress: () => void
}

function SortButton({ label, direction, isRight, onPress }: SortButtonProps) {
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ChevronsUpDown
  return (
    <button
      type="button"
      onClick={onPress}
      className={cx(
        'group -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:text-foreground',
        isRight && 'flex-row-reverse',
        direction && 'text-foreground',
      )}
    >
      <span className="truncate">{label}</span>
      <Icon
        aria-hidden
        className={cx(
          'size-3.5 shrink-0 stroke-[1.5]',
          !direction && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
        )}
      />
    </button>
  )
}
