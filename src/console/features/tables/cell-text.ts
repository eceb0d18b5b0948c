import type { Column } from '#api/contract/columns.ts'

import { columnKind } from './column-kind.ts'
import { momentText } from './moment-text.ts'

/** A cell holds at most this much; the whole value opens with Space. */
const cellMax = 400

/** A value as one line of a cell; null is drawn by the grid itself. */
export function cellText(column: Column, value: unknown): string {
  const kind = columnKind(column)
  if (kind === 'moment' && typeof value === 'number') return momentText(value)
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const start = text.length > cellMax ? `${text.slice(0, cellMax)}…` : text
  return start.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ ')
}

/** The whole value, for reading and copying: moments exactly and in UTC, JSON with its structure, text with its own lines. */
export function readableText(column: Column, value: unknown): string {
  if (columnKind(column) === 'moment' && typeof value === 'number') {
    const at = new Date(value)
    return Number.isNaN(at.getTime()) ? String(value) : at.toISOString()
  }
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}

const NAME_COLUMNS = ['name', 'title', 'label', 'email', 'sku', 'code', 'slug']

/** What a person would call the row: its name or title, else its key. */
export function rowTitle(columns: readonly Column[], row: Record<string, unknown>): string {
  const id = `#${String(row['id'])}`
  for (const candidate of NAME_COLUMNS) {
    const value = row[candidate]
    const column = columns.find(({ name }) => name === candidate)
    if (column !== undefined && typeof value === 'string' && value !== '')
      return `${id} (${cellText(column, value).slice(0, 60)})`
  }
  return id
}
