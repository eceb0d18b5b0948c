import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long one request may keep the process to itself. */
const TURN_MS = 20
/** Items between two looks at the clock. */
const STEP = 16

/** Maps a long list in turns: every few milliseconds other requests go on meanwhile. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  let turnEnds = performance.now() + TURN_MS
  for (const [at, item] of items.entries()) {
    results.push(work(item, at))
    if (at % STEP !== 0 || performance.now() < turnEnds) continue
    await nextTurn()
    turnEnds = performance.now() + TURN_MS
  }
  return results
}
