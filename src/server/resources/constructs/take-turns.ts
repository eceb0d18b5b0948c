import { setImmediate } from 'node:timers/promises'

/** Characters of texts that are read at once: some ten milliseconds where none of them is known. */
const AT_ONCE = 262_144

/**
 * For work on many texts: await the result with each of them, so that other requests get their turn meanwhile. One
 * text alone is never divided.
 */
export function takeTurns(): (text: string) => Promise<void> {
  let characters = 0
  return async ({ length }) => {
    characters += length
    if (characters < AT_ONCE) return
    characters = 0
    await setImmediate()
  }
}
