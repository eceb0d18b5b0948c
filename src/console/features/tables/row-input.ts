import type { Column } from '#api/contract/columns.ts'

import { columnKind, type ColumnKind } from './column-kind.ts'
import { momentInput, parseMoment } from './moment-text.ts'

/** One field of the row form: what stands in the input, or that the value is null. */
export interface FieldInput {
  text: string
  isNull: boolean
}

export type Parsed = { ok: true; value: unknown } | { ok: false; message: string }

const fail = (message: string): Parsed => ({ ok: false, message })
const take = (value: unknown): Parsed => ({ ok: true, value })

export const UNSET: FieldInput = { text: '', isNull: false }

/** Puts a stored value into its input. Passwords never come back, so their input starts empty. */
export function toInput(column: Column, value: unknown): FieldInput {
  const kind = columnKind(column)
  if (kind === 'secret') return UNSET
  if (value === null || value === undefined) return { text: '', isNull: true }
  if (kind === 'moment' && typeof value === 'number') return { text: momentInput(value), isNull: false }
  if (kind === 'json') return { text: JSON.stringify(value, null, 2), isNull: false }
  return { text: typeof value === 'string' ? value : JSON.stringify(value), isNull: false }
}

/** The same to be read alone: empty for null and for what is never shown. */
export function readOnlyText(column: Column, { text, isNull }: FieldInput): string {
  if (isNull) return ''
  return columnKind(column) === 'moment' ? text.replace('T', ' ') : text
}

const PARSERS: Record<ColumnKind, (text: string, column: Column) => Parsed> = {
  whole: parseWhole,
  decimal: parseDecimal,
  text: (text, column) => (column.type === 'uuid' ? parseUuid(text) : take(text)),
  secret: take,
  bool: (text) => (text === 'true' || text === 'false' ? take(text === 'true') : fail('Choose true or false')),
  choice: parseChoice,
  moment: (text) => {
    const epochMs = parseMoment(text)
    return epochMs === undefined ? fail('Give a date and a time, such as 2026-11-20 14:30') : take(epochMs)
  },
  day: (text) => (/^\d{4,6}-\d{2}-\d{2}$/.test(text) ? take(text) : fail('Give a date, such as 2026-11-20')),
  json: parseJson,
}

/** Takes an input as the value that is sent, or says what is wrong with it. */
export function fromInput(column: Column, input: FieldInput): Parsed {
  if (input.isNull) return column.nullable ? take(null) : fail('This column takes no null')
  const kind = columnKind(column)
  const text = kind === 'text' || kind === 'secret' ? input.text : input.text.trim()
  const isTextLike = kind === 'text' && column.type !== 'uuid'
  if (text === '' && !isTextLike) return fail('Give a value')
  if (text === '' && column.required) return fail('This column needs a value')
  return PARSERS[kind](text, column)
}

function parseWhole(text: string): Parsed {
  if (!/^[+-]?\d+$/.test(text)) return fail('Give a whole number')
  const value = Number(text)
  return Number.isSafeInteger(value) ? take(value) : fail('Between −9,007,199,254,740,991 and 9,007,199,254,740,991')
}

function parseDecimal(text: string): Parsed {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text))
    return fail('Give a number, with a point before the decimals')
  const value = Number(text)
  return Number.isFinite(value) ? take(value) : fail('This number is too large')
}

function parseUuid(text: string): Parsed {
  const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text.trim())
  return isUuid ? take(text.trim().toLowerCase()) : fail('Give a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12')
}

function parseChoice(text: string, column: Column): Parsed {
  const values = column.values ?? []
  return values.length === 0 || values.includes(text) ? take(text) : fail(`One of: ${values.join(', ')}`)
}

function parseJson(text: string, column: Column): Parsed {
  const wanted = column.style === 'list' ? listWanted(column) : 'A JSON value, such as {"a": 1}'
  try {
    const value: unknown = JSON.parse(text)
    return column.style === 'list' && !Array.isArray(value) ? fail(wanted) : take(value)
  } catch {
    return fail(wanted)
  }
}

function listWanted({ type }: Column): string {
  return `A JSON list, such as ${type === 'int' || type === 'decimal' ? '[1, 2]' : '["a", "b"]'}`
}
