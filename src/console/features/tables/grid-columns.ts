import type { Column } from '#api/contract/columns.ts'
import type { GridColumn } from '#console/ui/grid/grid-column.ts'

import { columnKind, isNumeric, typeWords, type ColumnKind } from './column-kind.ts'
import { typeGlyph } from './type-glyph.tsx'

const WIDTHS: Record<ColumnKind, number> = {
  whole: 110,
  decimal: 120,
  text: 220,
  bool: 90,
  choice: 120,
  moment: 196,
  day: 120,
  secret: 100,
  json: 240,
}

/** Room for the name beside its sign, in 12 px figures. */
const headerWidth = (name: string): number => Math.min(320, name.length * 7 + 52)

const UNSORTABLE = new Set<ColumnKind>(['json', 'secret'])

/** The table's columns as the grid shows them. */
export function gridColumns(columns: readonly Column[]): GridColumn[] {
  return columns.map((column) => {
    const kind = columnKind(column)
    return {
      id: column.name,
      header: column.name,
      typeGlyph: typeGlyph(column),
      typeName: typeWords(column),
      width: Math.max(column.type === 'uuid' ? 300 : WIDTHS[kind], headerWidth(column.name)),
      align: isNumeric(column) ? 'right' : 'left',
      mono: column.type === 'uuid' || kind === 'json',
      sortable: !UNSORTABLE.has(kind),
    }
  })
}
