import type { ReactNode } from 'react'

import { cx } from '#console/lib/cx.ts'

/** One column of a `DataTable`. Keep the array at module scope or in a memo. */
export interface DataColumn<Row> {
  id: string
  /** The words in the header; also the name beside the value when rows are stacked. */
  header: string
  /** Plain content in the column that names the row: opening it makes a link or button of it. */
  cell: (row: Row) => ReactNode
  /** The server can sort by it. */
  sortable?: boolean | undefined
  /** Sorts downwards on the first press: dates, sizes. */
  descendingFirst?: boolean | undefined
  /** Numbers stand at the right, in figures of equal width. */
  align?: 'left' | 'right' | undefined
  /** A CSS width such as `12rem` or `20%`; columns without one share the rest. */
  width?: string | undefined
  /** Left out in narrower windows. */
  from?: 'lg' | 'xl' | undefined
  /** Where it goes when rows are stacked: the first line, the second, or the right edge. Others are left out. */
  stacked?: 'primary' | 'secondary' | 'actions' | undefined
  /** For columns such as actions whose header would say nothing. */
  hideHeader?: boolean | undefined
  /** Lets the cell break into lines instead of cutting it. */
  wrap?: boolean | undefined
}

/** The column for a `RowMenu`: its cell is all that differs. */
export const ACTIONS_COLUMN = {
  id: 'actions',
  header: 'Actions',
  hideHeader: true,
  width: '3.5rem',
  align: 'right',
  stacked: 'actions',
} as const

/** How a row is opened: as a link to its page, or by calling back for a sheet. */
export interface RowOpening<Row> {
  rowHref?: ((row: Row) => string) | undefined
  onRowOpen?: ((row: Row) => void) | undefined
}

export interface RowSelection {
  selected: ReadonlySet<string>
  onSelectedChange: (selected: Set<string>) => void
}

const fromClass = { lg: 'hidden lg:table-cell', xl: 'hidden xl:table-cell' }

/** The classes that header and body cells of one column share. */
export function columnClass(column: Pick<DataColumn<never>, 'align' | 'from'>): string {
  return cx(
    'border-b px-3 first:pl-4 last:pr-4',
    column.align === 'right' && 'text-right tabular-nums',
    column.from && fromClass[column.from],
  )
}

/** The column whose content names the row and opens it. */
export function primaryColumn<Row>(columns: readonly DataColumn<Row>[]): DataColumn<Row> | undefined {
  return columns.find((column) => column.stacked === 'primary') ?? columns[0]
}
