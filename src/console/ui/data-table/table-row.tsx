import type { MouseEvent } from 'react'

import { cx } from '#console/lib/cx.ts'

import { columnClass, primaryColumn, type DataColumn, type RowOpening } from './data-column.ts'
import { RowLink } from './row-opening.tsx'
import { SelectBox } from './select-box.tsx'
import type { DataRow } from './use-data-table.ts'

export interface TableRowProps<Row extends object> extends RowOpening<Row> {
  row: DataRow<Row>
  columns: readonly DataColumn<Row>[]
  rowLabel: (row: Row) => string
  isSelectable: boolean
  onRowClick: ((event: MouseEvent, row: Row) => void) | undefined
  /** Its place in the whole list, when only a part is drawn. */
  rowIndex?: number | undefined
}

/** One row of 32 px. */
export function TableRow<Row extends object>({
  row,
  columns,
  rowLabel,
  isSelectable,
  onRowClick,
  rowIndex,
  rowHref,
  onRowOpen,
}: TableRowProps<Row>) {
  const data = row.original
  const isSelected = isSelectable && row.getIsSelected()
  const primary = primaryColumn(columns)
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-selected={isSelectable ? isSelected : undefined}
      onClick={onRowClick && ((event) => onRowClick(event, data))}
      className={cx(
        'group/row last:[&>td]:border-b-0',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        onRowClick && 'cursor-pointer',
      )}
    >
      {isSelectable && (
        <td className="h-8 border-b pl-4">
          <SelectBox
            aria-label={`Select ${rowLabel(data)}`}
            checked={isSelected}
            onCheckedChange={(checked) => row.toggleSelected(checked)}
            className="mx-auto"
          />
        </td>
      )}
      {columns.map((column) => {
        const content = column.cell(data)
        return (
          <td key={column.id} className={cx('h-8', columnClass(column), column.wrap ? 'py-1.5' : 'truncate')}>
            {column === primary ? (
              <RowLink row={data} rowHref={rowHref} onRowOpen={onRowOpen}>
                {content}
              </RowLink>
            ) : (
              content
            )}
          </td>
        )
      })}
    </tr>
  )
}
