import { hostname } from 'node:os'

import pg from 'pg'

import type { Connection } from '../../db/connection.ts'
import type { PreparedStatement } from '../../db/prepared.ts'

/** Longer than that no answer takes: the connection is broken. */
const ANSWER_MS = 10_000
const KEEP_ALIVE_MS = 10_000

/**
 * Commits here do not wait for the disk: a killed process loses nothing by that, and what a crash of the database takes
 * away it takes together with all that was written later. The database notices within a minute that a machine is gone.
 */
const SETTINGS = `set synchronous_commit = off; set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10;
  set tcp_keepalives_count = 3`

/** The lock of a process, as an expression of its number. */
export const processLock = (id: string): string => `hashtextextended('metadeck.audit_process.' || ${id}, 0)`

/** Begun and held with one statement: nobody sees the row without the lock. */
const BEGIN = `with begun as (insert into metadeck.audit_process (name, begun_at) values ($1, $2) returning id)
  select id, pg_advisory_lock_shared(${processLock('id')}) from begun`

/** Waits for whoever takes this process for dead and is at its intents. */
const RESUME_LOCK = `select pg_advisory_lock_shared(${processLock('$1::bigint')})`
const RESUME = 'insert into metadeck.audit_process (id, name, begun_at) values ($1, $2, $3) on conflict do nothing'

/** What still has intents is left to the others. */
const END = `delete from metadeck.audit_process where id = $1
  and not exists (select from metadeck.audit_intent where process = $1)`

/** Codes of PostgreSQL for a connection that is of no use any more, or that handed over another session. */
const LOST = /^(57P|08|26000|42P05|0A000)/

/**
 * A connection of this process alone, which holds a lock for as long as it is open: by that the others tell that this
 * process lives, whatever their clocks say. It is opened when it is first needed, and again when it was lost; the
 * process keeps its number.
 */
export interface LifeLine {
  /** Number of this process; null before the line is first needed. */
  process(): number | null
  /** Runs a statement whose first value is the number of this process. Once more on a new line where the line was lost. */
  run(statement: PreparedStatement, values: readonly unknown[]): Promise<void>
  close(): Promise<void>
}

/** A line that is not open yet. */
export function createLifeLine({ connectAlone }: Pick<Connection, 'connectAlone'>, now: () => Date): LifeLine {
  const own = { name: `${hostname()}:${process.pid}`, begunAt: now(), id: null as number | null }
  let opened: Promise<pg.Client> | undefined

  function open(): Promise<pg.Client> {
    const client = connectAlone({
      application_name: 'metadeck audit',
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      query_timeout: ANSWER_MS,
    })
    const opening = prepare(client)
    // Without a listener a lost connection would end the process.
    for (const event of ['error', 'end'] as const) client.on(event, () => forget(opening))
    return opening
  }

  /** Only this one: the end of a connection is told late, when there may be a new one already. */
  function forget(one: Promise<pg.Client>): void {
    if (opened === one) opened = undefined
  }

  /** Throws where the line cannot be used; then nothing of it stays. */
  async function prepare(client: pg.Client): Promise<pg.Client> {
    try {
      await client.connect()
      await client.query(SETTINGS)
      if (own.id === null) {
        const { rows } = await client.query<{ id: number }>(BEGIN, [own.name, own.begunAt])
        own.id = rows[0]?.id ?? null
      } else {
        await client.query(RESUME_LOCK, [own.id])
        await client.query(RESUME, [own.id, own.name, own.begunAt])
      }
      return client
    } catch (error) {
      void client.end().catch(() => undefined)
      throw error
    }
  }

  async function attempt({ name, text }: PreparedStatement, values: readonly unknown[]): Promise<void> {
    const using = (opened ??= open())
    const client = await using.catch((error: unknown) => {
      forget(using)
      throw error
    })
    try {
      await client.query({ name, text, values: [own.id, ...values] })
    } catch (error) {
      if (isLost(error)) {
        forget(using)
        void client.end().catch(() => undefined)
      }
      throw error
    }
  }

  return {
    process: () => own.id,
    run: (statement, values) =>
      attempt(statement, values).catch((error: unknown) => {
        if (!isLost(error)) throw error
        return attempt(statement, values)
      }),
    async close() {
      const client = await opened?.catch(() => undefined)
      if (client === undefined) return
      await client.query(END, [own.id]).catch(() => undefined)
      await client.end().catch(() => undefined)
    },
  }
}

function isLost(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || LOST.test(error.code ?? '')
}
