/** Bytes to send, both ends inclusive. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * What a `Range` header asks of a file (RFC 9110, section 14): undefined = the whole file, for no header, several
 * ranges at once and what cannot be read; `none` = a range that the file does not have.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'none' | undefined {
  const [, first, last] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return undefined
  if (first === '') {
    const start = Math.max(0, size - Number(last))
    return start < size ? { start, end: size - 1 } : 'none'
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < size ? { start, end } : 'none'
}
