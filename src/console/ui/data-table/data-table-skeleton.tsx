import { cx } from '#console/lib/cx.ts'
import { useIsNarrow } from '#console/lib/use-media-query.ts'

import { LoadingNote, Skeleton } from '../skeleton.tsx'
import { columnClass, type DataColumn } from './data-column.ts'

type SkeletonColumn = Pick<DataColumn<never>, 'id' | 'header' | 'width' | 'align' | 'from' | 'hideHeader'>

export interface DataTableSkeletonProps {
  columns: readonly SkeletonColumn[]
  rows?: number | undefined
  label?: string | undefined
  flush?: boolean | undefined
  isSelectable?: boolean | undefined
}

const widths = ['w-3/5', 'w-4/5', 'w-2/5', 'w-1/2']

/** The table's own header over rows that are on their way, so that nothing jumps when they come. */
export function DataTableSkeleton({
  columns,
  rows = 8,
  label = 'Loading',
  flush,
  isSelectable = false,
}: DataTableSkeletonProps) {
  const isNarrow = useIsNarrow()
  return (
    <div className={cx('overflow-clip bg-panel', !flush && 'rounded-lg border')}>
      <LoadingNote label={label} />
      {isNarrow ? (
        <StackedSkeleton rows={rows} />
      ) : (
        <ColumnsSkeleton columns={columns} rows={rows} isSelectable={isSelectable} />
      )}
    </div>
  )
}

function StackedSkeleton({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <div key={row} className="flex h-14.5 flex-col justify-center gap-2 px-3 not-last:border-b">
      <Skeleton className={cx('h-3.5', widths[(row + 2) % widths.length])} />
      <Skeleton className={cx('h-3', widths[row % widths.length])} />
    </div>
  ))
}

function ColumnsSkeleton({
  columns,
  rows,
  isSelectable,
}: {
  columns: readonly SkeletonColumn[]
  rows: number
  isSelectable: boolean
}) {
  return (
    <table aria-hidden className="w-full table-fixed border-separate border-spacing-0 text-sm">
      <thead>
        <tr>
          {isSelectable && (
            <th className="w-10 border-b pl-4">
              <Skeleton className="size-4" />
            </th>
          )}
          {columns.map((column) => (
            <th
              key={column.id}
              style={{ width: column.width }}
              className={cx(
                'h-8 text-xs font-medium text-muted',
                columnClass(column),
                column.align !== 'right' && 'text-left',
              )}
            >
              {!column.hideHeader && <span className="block truncate">{column.header}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row} className="last:[&>td]:border-b-0">
            {isSelectable && (
              <td className="border-b pl-4">
                <Skeleton className="size-4" />
              </td>
            )}
            {columns.map((column, index) => (
              <td key={column.id} className={cx('h-8', columnClass(column))}>
                {!column.hideHeader && (
                  <Skeleton
                    className={cx('h-3', widths[(row + index) % widths.length], column.align === 'right' && 'ml-auto')}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
