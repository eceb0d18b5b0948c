import type { Column, Index } from '#api/contract/columns.ts'

/** What exported indexes call the whole row, which the hosted product keeps as one JSON value. */
const WHOLE_ROW = 'xdo'

/**
 * True for a gin index on `xdo` in a table without such a column. It is kept and printed, so that a table goes back to
 * where it came from as it was, and nothing is built for it: here each field is a column of its own.
 */
export function isNominal(index: Pick<Index, 'type' | 'fields'>, columns: readonly Pick<Column, 'name'>[]): boolean {
  const isWholeRow = index.type === 'gin' && index.fields.length === 1 && index.fields[0]?.name === WHOLE_ROW
  return isWholeRow && !columns.some((column) => column.name === WHOLE_ROW)
}
