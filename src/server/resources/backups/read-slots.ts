import type { Deps } from '../../deps.ts'
import { createSlots, type Slots } from '../transfer/slots.ts'

/** Archives that are read whole within a request, at a time in one process. */
const READS_MAX = 2
/** How long a further one waits for its turn. */
const READ_WAIT_MS = 3_000
const TOO_MANY = `${READS_MAX} archives that nobody has read yet are being read whole, the most at a time. Try again when one of them is done, or verify this one first: that is done in the background.`

/** One set of places an app, however many of its resources ask. */
const slotsOfApp = new WeakMap<Deps['connection'], Slots>()

/** The places for requests that must read an archive whole before they can answer. */
export function readSlots({ connection }: Pick<Deps, 'connection'>): Slots {
  const slots = slotsOfApp.get(connection) ?? createSlots(READS_MAX, READ_WAIT_MS, TOO_MANY)
  slotsOfApp.set(connection, slots)
  return slots
}
