import { useCallback, useMemo } from 'react'

import type { Column } from '#api/contract/columns.ts'
import type { Row } from '#api/contract/content.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'
import { DataGrid } from '#console/ui/grid/data-grid.tsx'
import type { GridColumn } from '#console/ui/grid/grid-column.ts'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { cellText, readableText } from './cell-text.ts'
import { gridColumns } from './grid-columns.ts'
import { keyOfRow, writeOpenRow } from './open-row.ts'
import type { RowSort } from './row-search.ts'
import type { useRowPages } from './use-row-pages.ts'

export interface RowGridProps {
  rows: ReturnType<typeof useRowPages>
  columns: readonly Column[]
  sort: RowSort | undefined
  onSortChange: (sort: RowSort) => void
}

export function RowGrid({ rows, columns, sort, onSortChange }: RowGridProps) {
  const [, setParams] = useUrlParams()
  const shown = useMemo(() => gridColumns(columns), [columns])
  const byName = useMemo(() => new Map(columns.map((column) => [column.name, column])), [columns])

  const renderCell = useCallback(
    ({ id }: GridColumn, row: Row) => {
      const column = byName.get(id)
      const value = row[id]
      if (column?.type === 'password') return <span className="text-muted">hidden</span>
      return column === undefined || value === null || value === undefined ? null : cellText(column, value)
    },
    [byName],
  )
  const getText = useCallback(
    ({ id }: GridColumn, row: Row) => {
      const column = byName.get(id)
      return column === undefined || row[id] === null || row[id] === undefined ? null : readableText(column, row[id])
    },
    [byName],
  )

  function handleOpen(index: number) {
    const key = keyOfRow(rows.getRow(index))
    if (key !== undefined) setParams((before) => writeOpenRow(before, key), { preventScrollReset: true })
  }

  return (
    <DataGrid
      label="Rows"
      rowCount={rows.rowCount}
      columns={shown}
      getRow={rows.getRow}
      renderCell={renderCell}
      getText={getText}
      onVisibleRange={rows.showRange}
      sort={sort && { id: sort.column, direction: sort.direction }}
      onSort={({ id, direction }) => onSortChange({ column: id, direction })}
      onOpenRow={handleOpen}
      status={<GridFacts rows={rows} />}
    />
  )
}

/** Where the rows come from and how fresh they are. */
function GridFacts({ rows: { head, hasFailedPage } }: Pick<RowGridProps, 'rows'>) {
  return (
    <>
      {(head.isRefetchError || hasFailedPage) && <span className="text-warning">Some rows could not be loaded</span>}
      <span>Data source live</span>
      <span>
        read <RelativeTime at={head.dataUpdatedAt} />
      </span>
    </>
  )
}
