import { createHash } from 'node:crypto'

/** A record as texts, in the order in which they are hashed; null where there is no value. */
export type RecordParts = readonly (string | null)[]

/** What the first record names as the one before it. */
export const NO_HASH = '0'.repeat(64)

/** Begins what is hashed: another form of record would have another. */
const FORM = 'metadeck audit 1,'

/**
 * SHA-256 in hex of a record and of the one before. What is hashed is, in UTF-8, the form, and of each part the number
 * of its bytes, a colon, the bytes and a comma; of null only a hyphen and the comma. The database does the same when a
 * record is written (migration 0008); it is computed here anew, so that a function changed there is found.
 */
export function hashOf(parts: RecordParts): string {
  const text = parts.map((part) => (part === null ? '-,' : `${Buffer.byteLength(part)}:${part},`)).join('')
  return createHash('sha256')
    .update(FORM + text)
    .digest('hex')
}
