export interface RefusalPart {
  /** Where it begins in the sentence. */
  at: number
  text: string
  /** Of a restore that it names. */
  restoreId?: string | undefined
}

/** The server's words, cut where they name another restore: `Restore 2` of `Restore 2 of the same tables came later.` */
export function refusalParts(words: string): RefusalPart[] {
  const parts: RefusalPart[] = []
  let end = 0
  for (const { 0: text, 1: restoreId, index } of words.matchAll(/\bRestore (\d+)\b/g)) {
    if (index > end) parts.push({ at: end, text: words.slice(end, index) })
    parts.push({ at: index, text, restoreId })
    end = index + text.length
  }
  if (end < words.length) parts.push({ at: end, text: words.slice(end) })
  return parts
}
