import type { FastifyBaseLogger } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'

import type { Connection } from '../../db/connection.ts'
import { statusClassOf } from './status-class.ts'
import { pruneUsage, type Failure, type Tally, writeUsage } from './write-usage.ts'

const FLUSH_EVERY_MS = 3_000
/** Different counts held at most while the database cannot be reached; what is new beyond that is not counted. */
const TALLIES_MAX = 50_000
/** Failures held at most; the newest are kept. */
const FAILURES_MAX = 2_000

/** A request that a token made, once it is answered. */
export interface Call {
  tokenId: number
  operation: string
  isLive: boolean
  status: number
}

/** Counts calls in memory and writes them every few seconds: a request never waits for it. */
export interface UsageCounter {
  count(call: Call): void
  /** Writes what was counted up to now. Throws where the database cannot be reached; the counts are kept. */
  flush(): Promise<void>
  /** The last write. */
  close(): Promise<void>
  /** Operations that are served, by id. */
  endpoints: Map<string, Endpoint>
}

declare module 'fastify' {
  interface FastifyInstance {
    tokenUsage: UsageCounter
  }
  interface FastifyRequest {
    /** The token that was sent, let in or not; null where none was, or one that does not exist. */
    tokenId: number | null
  }
}

/** Several processes add up in the database. What was counted since the last write is lost when a process is killed. */
export function createUsageCounter(
  { db }: Pick<Connection, 'db'>,
  now: () => Date,
  log: FastifyBaseLogger,
): UsageCounter {
  let tallies = new Map<string, Tally>()
  let failures: Failure[] = []
  let writing: Promise<void> = Promise.resolve()
  let prunedOn = ''

  function add(tally: Tally): void {
    const key = JSON.stringify([tally.tokenId, tally.day, tally.operation, tally.statusClass, tally.isLive])
    const known = tallies.get(key)
    if (known !== undefined) known.calls += tally.calls
    else if (tallies.size < TALLIES_MAX) tallies.set(key, tally)
  }

  async function write(): Promise<void> {
    if (tallies.size === 0 && failures.length === 0) return
    const batch = { tallies: [...tallies.values()], failures }
    tallies = new Map()
    failures = []
    try {
      await writeUsage(db, batch)
    } catch (error) {
      for (const tally of batch.tallies) add(tally)
      failures = [...batch.failures, ...failures].slice(-FAILURES_MAX)
      throw error
    }
    const today = now().toISOString().slice(0, 10)
    if (prunedOn !== today) await pruneUsage(db, now())
    prunedOn = today
  }

  function flush(): Promise<void> {
    // One write at a time: what failed in one is in the next.
    writing = writing.catch(() => undefined).then(write)
    return writing
  }

  const tolerantly = (): Promise<void> =>
    flush().catch((error: unknown) => log.warn({ err: error }, 'the use of tokens could not be written'))
  const timer = setInterval(() => void tolerantly(), FLUSH_EVERY_MS)
  timer.unref()

  return {
    count({ tokenId, operation, isLive, status }) {
      const at = now()
      const statusClass = statusClassOf(status)
      add({ tokenId, day: at.toISOString().slice(0, 10), operation, statusClass, isLive, calls: 1 })
      if (status < 400) return
      failures.push({ tokenId, at, operation, status })
      if (failures.length > FAILURES_MAX) failures.shift()
    },
    flush,
    async close() {
      clearInterval(timer)
      await tolerantly()
    },
    endpoints: new Map(),
  }
}
