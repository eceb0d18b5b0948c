import { COMMA, QUOTE } from './record-stream.ts'

/** The fields of a record without its line feed, as they are written: quoted or not. They share its memory. */
export function splitFields(record: Buffer): Buffer[] {
  const fields: Buffer[] = []
  let isQuoted = false
  let from = 0
  for (let at = 0; at < record.length; at += 1) {
    const byte = record[at]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (byte === COMMA && !isQuoted) {
      fields.push(record.subarray(from, at))
      from = at + 1
    }
  }
  fields.push(record.subarray(from))
  return fields
}

/** The value of a field; null for null, which is an empty one without quotes. */
export function fieldText(field: Buffer): string | null {
  if (field.length === 0) return null
  const text = field.toString('utf8')
  return field[0] === QUOTE ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** A character takes at most four bytes, a quote two of one. */
const BYTES_PER_CHARACTER = 4

/** The same, cut to `max` characters, the last of which says then that something is missing. */
export function fieldStart(field: Buffer, max: number): string | null {
  const isShort = field.length <= max * BYTES_PER_CHARACTER
  const text = fieldText(isShort ? field : startOf(field, max * BYTES_PER_CHARACTER))
  if (text === null || (isShort && text.length <= max)) return text
  // Half of a character, by bytes or by UTF-16 units, would be no text.
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function startOf(field: Buffer, bytes: number): Buffer {
  const start = field.subarray(0, bytes)
  return field[0] === QUOTE ? Buffer.concat([start, Buffer.from('"')]) : start
}
