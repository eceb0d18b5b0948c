import type { PreparedStatement } from '../../db/prepared.ts'
import type { Deps } from '../../deps.ts'
import { inBatches } from './in-batches.ts'
import { recordDead, recordDoubtful } from './interrupted.ts'
import { createLifeLine } from './life-line.ts'
import type { AuditActor, NewAuditRecord } from './new-record.ts'

/** What is known of an operation before it begins. */
export type NewIntent = AuditActor &
  Pick<NewAuditRecord, 'at' | 'workspace_id' | 'action' | 'target' | 'address' | 'request_id'>

/** `$1`: the process. `$2`: intents as JSON. One that is there already was sent on a line that broke before it answered. */
const KEEP: PreparedStatement = {
  name: 'metadeck_keep_intents',
  text: `insert into metadeck.audit_intent (process, number, at, actor_kind, actor_id, actor_label, person_id,
      person_email, workspace_id, action, target, address, request_id)
    select $1, number, at, actor_kind, actor_id, actor_label, person_id, person_email, workspace_id, action, target,
      address, request_id
    from json_to_recordset($2) as intent (number bigint, at timestamptz, actor_kind text, actor_id bigint,
      actor_label text, person_id bigint, person_email text, workspace_id bigint, action text, target jsonb,
      address text, request_id text)
    on conflict do nothing`,
}

const REMOVE: PreparedStatement = {
  name: 'metadeck_remove_intents',
  text: 'delete from metadeck.audit_intent where process = $1 and number = any ($2)',
}

/**
 * What this process is about to do, kept in the database until it is recorded: should the process die in between, the
 * others know of it.
 */
export interface Intents {
  /** Number of this process among those that write intents; null before the first one. */
  process(): number | null
  /** Answers the intent's number once it is kept: nothing may be changed before. */
  begin(intent: NewIntent): Promise<number>
  /** Nothing was changed, or nothing that leaves a record. */
  forget(number: number): void
  /** It is not known whether anything was changed: that is recorded. */
  doubt(number: number): void
  /** Records what is in doubt here, and what processes left that died. */
  settle(): Promise<void>
  /** Intents of operations that still run stay, for the others. */
  close(): Promise<void>
}

/** None are kept yet, and no connection is open. */
export function createIntents(deps: Pick<Deps, 'connection' | 'now' | 'log'>): Intents {
  const { connection, now, log } = deps
  const line = createLifeLine(connection, now)
  const keep = inBatches((batch: (NewIntent & { number: number })[]) => line.run(KEEP, [JSON.stringify(batch)]))
  const remove = inBatches((numbers: number[]) => line.run(REMOVE, [numbers]))
  const [doubtful, over] = [new Set<number>(), new Set<number>()]
  let last = 0

  const removeAll = async (): Promise<void> => {
    await Promise.all([...over].map((number) => remove(number).then(() => over.delete(number))))
  }
  const report = (error: unknown): void => log.error({ err: error }, 'audit records could not be settled')

  async function settle(): Promise<void> {
    // What cannot be done now is done the next time.
    await removeAll().catch(report)
    const id = line.process()
    if (id !== null && doubtful.size > 0) {
      const numbers = [...doubtful]
      await recordDoubtful(connection.db, { process: id, numbers }, now())
        .then(() => numbers.forEach((number) => doubtful.delete(number)))
        .catch(report)
    }
    await recordDead(connection.db, id, now()).catch(report)
  }

  return {
    process: () => line.process(),
    async begin(intent) {
      last += 1
      const number = last
      await keep({ ...intent, number })
      return number
    },
    forget(number) {
      over.add(number)
      void remove(number).then(
        () => over.delete(number),
        () => undefined,
      )
    },
    doubt(number) {
      doubtful.add(number)
      void settle()
    },
    settle,
    async close() {
      await removeAll().catch(() => undefined)
      await line.close()
    },
  }
}
