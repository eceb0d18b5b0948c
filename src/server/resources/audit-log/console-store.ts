import { type RawBuilder, sql } from 'kysely'

import type { AuditEntry, AuditFilter } from '#api/contract/audit-console.ts'

import type { Db } from '../../db/connection.ts'
import { auditView } from './audit-view.ts'
import { type ConsoleRow, toEntry } from './console-entry.ts'

type Condition = RawBuilder<unknown>

/** Records read with one statement of an export. */
const BATCH = 1_000

/** One page of what the filter and the reach leave, newest first. */
export async function pageAudit(
  db: Db,
  reach: Condition,
  query: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const older = query.cursor === undefined ? [] : [sql`t.sequence < ${Number(query.cursor)}`]
  const where = allOf([reach, ...conditionsOf(query), ...older])
  const { rows } = await sql<ConsoleRow>`
    select t.* from (${auditView}) as t where ${where}
    order by t.sequence desc limit ${query.limit + 1}`.execute(db)
  const page = rows.slice(0, query.limit)
  return {
    items: page.map(toEntry),
    nextCursor: rows.length > page.length ? String(page.at(-1)?.sequence) : null,
  }
}

/**
 * What the filter and the reach leave, oldest first, after the sequence `after` and up to `end`. Read piece by piece,
 * each by a statement of its own: a slow reader holds neither a connection nor memory.
 */
export async function* streamAudit(
  db: Db,
  reach: Condition,
  query: AuditFilter & { after: number; limit: number },
  end: number,
): AsyncGenerator<AuditEntry> {
  const filter = conditionsOf(query)
  let { after, limit } = query
  while (limit > 0) {
    const where = allOf([reach, ...filter, sql`t.sequence > ${after}`, sql`t.sequence <= ${end}`])
    const size = Math.min(BATCH, limit)
    const { rows } = await sql<ConsoleRow>`
      select t.* from (${auditView}) as t where ${where} order by t.sequence limit ${size}`.execute(db)
    yield* rows.map(toEntry)
    if (rows.length < size) return
    after = rows.at(-1)?.sequence ?? end
    limit -= rows.length
  }
}

function allOf(conditions: readonly Condition[]): Condition {
  return sql.join(conditions, sql` and `)
}

function conditionsOf(filter: AuditFilter): Condition[] {
  const { outcome, type, action, actorKind, actorId, personId, actor, targetKind, targetId } = filter
  const { workspaceId, from, to, text } = filter
  const when = <Value>(value: Value | undefined, condition: (given: Value) => Condition): Condition[] =>
    value === undefined ? [] : [condition(value)]
  return [
    ...when(outcome, (given) => sql`t.outcome = ${given}`),
    ...when(type, (given) => sql`t.type = ${given}`),
    ...when(action, (given) => sql`t.action = ${given}`),
    ...when(actorKind, (given) => sql`t.actor_kind = ${given}`),
    ...when(actorId, (given) => sql`t.actor_id = ${given}`),
    ...when(personId, (given) => sql`coalesce(t.person_id, t.user_id) = ${given}`),
    ...when(actor, (given) => contains([sql`t.actor`, sql`t.person_email`, sql`t.user_email`], given)),
    ...when(targetKind, (given) => sql`t.target ->> 'kind' = ${given}`),
    ...when(targetId, (given) => sql`t.target ->> 'id' = ${given}`),
    ...when(workspaceId, (given) => sql`t.workspace_id = ${given}`),
    ...when(from, (given) => sql`t.created_at >= ${given}::timestamptz`),
    ...when(to, (given) => sql`t.created_at < ${given}::timestamptz`),
    ...when(text, (given) =>
      contains(
        [sql`t.actor`, sql`t.person_email`, sql`t.action`, sql`t.target ->> 'name'`, sql`t.address`, sql`t.request_id`],
        given,
      ),
    ),
  ]
}

/** The text as it stands, in any case: it is no pattern. */
function contains(values: readonly Condition[], text: string): Condition {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(${sql.join(
    values.map((value) => sql`${value} ilike ${pattern}`),
    sql` or `,
  )})`
}
