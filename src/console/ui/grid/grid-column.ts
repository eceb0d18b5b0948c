import type { ReactNode } from 'react'

/** One column of a `DataGrid`. */
export interface GridColumn {
  id: string
  header: string
  /** A glyph for the type of its values: an icon or one or two letters. */
  typeGlyph?: ReactNode
  /** The type in words, for the tooltip and assistive technology. */
  typeName?: string | undefined
  /** Pixels at first; the reader can change them. */
  width?: number | undefined
  align?: 'left' | 'right' | undefined
  /** For ids and code. */
  mono?: boolean | undefined
  sortable?: boolean | undefined
}

/** Where the cursor is; row -1 is the header. */
export interface CellPosition {
  row: number
  column: number
}

export const headerRow = -1
export const defaultColumnWidthPx = 160
export const minColumnWidthPx = 56
export const maxColumnWidthPx = 1_200

/** The element of a cell, so that the grid can point assistive technology at it. */
export function cellId(gridId: string, { row, column }: CellPosition): string {
  return `${gridId}-${row}-${column}`
}
