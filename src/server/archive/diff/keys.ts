import { COMMA } from './record-stream.ts'

const MINUS = 0x2d

/** How the rows of a table are ordered: by numbers or by uuids. */
export type KeyType = 'int' | 'uuid'

/** The first field of a record, its id. */
export function keyOf(record: Buffer): Buffer {
  const end = record.indexOf(COMMA)
  return end === -1 ? record : record.subarray(0, end)
}

/** Below 0 where `a` comes first, in the order that PostgreSQL gives ids. Both as CSV has them. */
export function compareKeys(type: KeyType, a: Buffer, b: Buffer): number {
  // The text of a uuid has the order of its bytes.
  return type === 'uuid' ? a.compare(b) : compareIntegers(a, b)
}

/** Compared as text, since ids have 64 bits. */
function compareIntegers(a: Buffer, b: Buffer): number {
  const isNegative = a[0] === MINUS
  if (isNegative !== (b[0] === MINUS)) return isNegative ? -1 : 1
  const larger = a.length === b.length ? a.compare(b) : a.length - b.length
  return isNegative ? -larger : larger
}
