import { addressGroup } from '../../security/networks.ts'
import type { AuditActor } from './new-record.ts'

/** Refused calls recorded one by one, per address and minute; the others are counted. */
export const REFUSALS_PER_ADDRESS = 10
/** The same for all addresses together, in one process. */
export const REFUSALS_TOTAL = 300
export const REFUSAL_WINDOW_MS = 60_000
/** Addresses told apart in a minute; what comes from further ones is counted together. */
const ADDRESSES_MAX = 1_000
/** Stands for the addresses that are not told apart. */
export const MANY_ADDRESSES = 'many addresses'

/** Callers told of an address; of further ones there is only their calls in the count. */
const ACTORS_MAX = 5

/** Refused calls that were counted and not recorded. */
export interface Unrecorded {
  address: string
  count: number
  /** Whose calls they were, the first that came first. */
  actors: AuditActor[]
}

/** Says which refused calls are recorded, so that nobody can fill the audit log by being refused. */
export interface RefusalBudget {
  /** True where the call is to be recorded; else it is counted. */
  take(address: string, actor: AuditActor, now: Date): boolean
  /** What was counted in minutes that are over (or up to now, with `all`); it is forgotten here. */
  drain(now: Date, options?: { all: boolean }): Unrecorded[]
}

interface Count {
  recorded: number
  unrecorded: number
  /** By kind and label, of calls that are not recorded. */
  actors: Map<string, AuditActor>
}

/** A budget with nothing taken. Counts in this process only. */
export function createRefusalBudget(): RefusalBudget {
  const counts = new Map<string, Count>()
  let endsAt = 0
  let total = 0
  let finished: Unrecorded[] = []

  function turn(now: number): void {
    if (now < endsAt) return
    finished.push(...unrecordedOf(counts))
    counts.clear()
    total = 0
    endsAt = now + REFUSAL_WINDOW_MS
  }

  return {
    take(address, actor, now) {
      turn(now.getTime())
      const own = addressGroup(address)
      const key = counts.has(own) || counts.size < ADDRESSES_MAX ? own : MANY_ADDRESSES
      const count = counts.get(key) ?? { recorded: 0, unrecorded: 0, actors: new Map() }
      counts.set(key, count)
      const isRecorded = count.recorded < REFUSALS_PER_ADDRESS && total < REFUSALS_TOTAL
      if (isRecorded) {
        count.recorded += 1
        total += 1
      } else {
        count.unrecorded += 1
        if (count.actors.size < ACTORS_MAX) count.actors.set(`${actor.actor_kind} ${actor.actor_label}`, actor)
      }
      return isRecorded
    },
    drain(now, { all } = { all: false }) {
      turn(all ? Number.POSITIVE_INFINITY : now.getTime())
      if (all) endsAt = 0
      const drained = finished
      finished = []
      return drained
    },
  }
}

function unrecordedOf(counts: ReadonlyMap<string, Count>): Unrecorded[] {
  const all = [...counts].flatMap(([address, { unrecorded: count, actors }]) =>
    count === 0 ? [] : [{ address, count, actors: [...actors.values()] }],
  )
  if (all.length <= REFUSALS_PER_ADDRESS) return all
  // Told one by one they would themselves be a flood.
  const loudest = all.toSorted((a, b) => b.count - a.count)
  const rest = loudest.splice(REFUSALS_PER_ADDRESS).reduce((sum, { count }) => sum + count, 0)
  return [...loudest, { address: MANY_ADDRESSES, count: rest, actors: [] }]
}
