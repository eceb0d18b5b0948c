import { hash } from 'node:crypto'

/**
 * The same pure function of a text, which remembers what it gave for the texts used last: at most so many, and so many
 * characters of texts together. Callers share the results and must not change them.
 */
export function remember<Result>(
  work: (text: string) => Result,
  limits: { texts: number; characters: number },
): (text: string) => Result {
  // In the order of their last use: the first one goes first.
  const known = new Map<string, { result: Result; length: number }>()
  let characters = 0
  return (text) => {
    const key = hash('sha256', text, 'base64')
    const found = known.get(key)
    if (found !== undefined) {
      known.delete(key)
      known.set(key, found)
      return found.result
    }
    const result = work(text)
    known.set(key, { result, length: text.length })
    characters += text.length
    for (const [oldest, { length }] of known) {
      if (known.size <= limits.texts && characters <= limits.characters) break
      known.delete(oldest)
      characters -= length
    }
    return result
  }
}
