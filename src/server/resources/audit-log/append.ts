import type { Connection } from '../../db/connection.ts'
import { type PreparedStatement, selectPrepared } from '../../db/prepared.ts'
import { inBatches } from './in-batches.ts'
import type { Intents } from './intents.ts'
import type { NewAuditRecord } from './new-record.ts'

/** `$1`: records as JSON, in the order of the chain. `$2`, `$3`: process and numbers of the intents they make good. */
const APPEND: PreparedStatement = {
  name: 'metadeck_append_audit',
  text: `with settled as (delete from metadeck.audit_intent where process = $2 and number = any ($3))
    insert into metadeck.audit_record (at, actor_kind, actor_id, actor_label, person_id, person_email, workspace_id,
      action, outcome, target, before, after, detail, address, request_id)
    select at, actor_kind, actor_id, actor_label, person_id, person_email, workspace_id,
      action, coalesce(outcome, 'done'), target, before, after, detail, address, request_id
    from json_to_recordset($1) as record (at timestamptz, actor_kind text, actor_id bigint, actor_label text,
      person_id bigint, person_email text, workspace_id bigint, action text, outcome text, target jsonb, before jsonb,
      after jsonb, detail jsonb, address text, request_id text)`,
}

/** Stores a record for good; with it goes the intent of this number, if there is one. Neither happens without the other. */
export type Append = (record: NewAuditRecord, intent?: number) => Promise<void>

/**
 * Makes the function that appends records to the chain; `intents` are those that they make good. The chain grows at
 * one place, so that writers wait for each other's commit: the records that come up while one statement is on its way go
 * together with the next, in their order, and many writes at once cost few commits.
 */
export function createAppend(
  { pool }: Pick<Connection, 'pool'>,
  intents: Pick<Intents, 'process'> = { process: () => null },
): Append {
  const append = inBatches(async (batch: { record: NewAuditRecord; intent: number | undefined }[]) => {
    const settled = batch.flatMap(({ intent }) => (intent === undefined ? [] : [intent]))
    await selectPrepared(pool, APPEND, [JSON.stringify(batch.map(({ record }) => record)), intents.process(), settled])
  })
  return (record, intent) => append({ record, intent })
}
