import { sql } from 'kysely'

import type { AuditBreak, AuditHead, AuditVerification } from '#api/contract/audit-console.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { hashOf, NO_HASH, type RecordParts } from './chain.ts'

/** Records read with one statement. No transaction is open between them: nothing in the chain ever changes. */
const BATCH = 2_000

interface Link {
  id: number
  sequence: number
  at: Date
  hash: string
  previous: string
  parts: RecordParts
}

interface Place {
  sequence: number
  id: number
}

/** The end of the chain as it is stored. */
export async function readHead(db: Db): Promise<AuditHead> {
  const last = await db
    .selectFrom('audit_record')
    .select(['sequence', 'hash', 'at'])
    // Records that somebody put beside the chain would come first.
    .where('sequence', 'is not', null)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last === undefined) return { sequence: 0, hash: NO_HASH, at: null }
  return { sequence: last.sequence, hash: last.hash.toString('hex'), at: last.at.toISOString() }
}

/**
 * Walks the chain from its first record to the last one that there was at the start, and stops at the first that is
 * broken. `noted` is a head that was told before. Reads on only while `isWanted`.
 */
export async function verifyChain(
  db: Db,
  noted: Pick<AuditHead, 'sequence' | 'hash'> | undefined,
  isWanted: () => boolean = () => true,
): Promise<AuditVerification> {
  const end = (await readHead(db)).sequence
  let [records, from] = [0, null as string | null]
  let head: AuditHead = { sequence: 0, hash: NO_HASH, at: null }
  const answer = (firstBroken: AuditBreak | null): AuditVerification => ({
    ok: firstBroken === null,
    records,
    from,
    to: head.at,
    head,
    firstBroken,
  })
  const outside = await sql<{ id: number }>`
    select id from metadeck.audit_record where sequence is null order by id limit 1`.execute(db)
  for await (const link of readLinks(db, end, isWanted)) {
    const broken = breakOf(link, head) ?? noteBreak(link, noted)
    if (broken !== null) return answer(broken)
    records += 1
    head = { sequence: link.sequence, hash: link.hash, at: link.at.toISOString() }
    from ??= head.at
  }
  if (noted !== undefined && noted.sequence > head.sequence) {
    const why = `The head that was noted is record ${noted.sequence}, and the chain ends with ${head.sequence}: its end was cut off.`
    return answer({ reason: 'cut_off', sequence: head.sequence + 1, id: null, why })
  }
  const [loose] = outside.rows
  if (loose === undefined) return answer(null)
  const why = 'A record without a number was put in beside the chain.'
  return answer({ reason: 'order', sequence: head.sequence + 1, id: loose.id, why })
}

/** What is wrong with a record that follows `before`. */
function breakOf({ id, sequence, hash, previous, parts }: Link, before: AuditHead): AuditBreak | null {
  const expected = before.sequence + 1
  if (sequence > expected) {
    const last = sequence - 1
    const which = last === expected ? `Record ${expected} is` : `The records ${expected} to ${last} are`
    return {
      reason: 'missing',
      sequence: expected,
      id: null,
      why: `${which} missing: removed, or cut off at the start.`,
    }
  }
  if (sequence < expected) {
    return { reason: 'order', sequence, id, why: `Two records have the number ${sequence}: one was inserted.` }
  }
  if (hashOf(parts) !== hash) {
    const why = `Record ${sequence} does not say what was written: it was changed, or put here from another place.`
    return { reason: 'changed', sequence, id, why }
  }
  if (previous !== before.hash) {
    const why = `Record ${sequence} follows another record than the one that stands before it: one of them was put in, replaced or moved.`
    return { reason: 'order', sequence, id, why }
  }
  return null
}

function noteBreak(
  { id, sequence, hash }: Link,
  noted: { sequence: number; hash: string } | undefined,
): AuditBreak | null {
  if (noted?.sequence !== sequence || noted.hash.toLowerCase() === hash) return null
  const why = `Record ${sequence} is not the one that was noted as the head: the chain was written anew, from there or from before.`
  return { reason: 'rewritten', sequence, id, why }
}

type Row = Omit<Link, 'parts'> & Record<`part${number}`, string | null>

/** As texts: what the database would hash, read from the columns. */
const PARTS = [
  'sequence::text',
  "encode(previous_hash, 'hex')",
  'id::text',
  '(extract(epoch from at) * 1000000)::bigint::text',
  'actor_kind',
  'actor_id::text',
  'actor_label',
  'person_id::text',
  'person_email',
  'workspace_id::text',
  'action',
  'outcome',
  'target::text',
  'before::text',
  'after::text',
  'detail::text',
  'address',
  'request_id',
]
const PART_COLUMNS = sql.raw(PARTS.map((part, at) => `${part} as part${at}`).join(', '))

async function* readLinks(db: Db, end: number, isWanted: () => boolean): AsyncGenerator<Link> {
  let last: Place | undefined
  for (;;) {
    if (!isWanted()) throw new AppError('conflict', 'Nobody waits for the answer any more.')
    // By number and id: a number that stands twice must not be passed over.
    const rest = last === undefined ? sql`true` : sql`(sequence, id) > (${last.sequence}, ${last.id})`
    const { rows } = await sql<Row>`
      select id, sequence, at, encode(hash, 'hex') as hash, encode(previous_hash, 'hex') as previous, ${PART_COLUMNS}
      from metadeck.audit_record where sequence <= ${end} and ${rest} order by sequence, id limit ${BATCH}`.execute(db)
    for (const row of rows) yield { ...row, parts: PARTS.map((_part, at) => row[`part${at}`] ?? null) }
    last = rows.at(-1)
    if (rows.length < BATCH) return
  }
}
