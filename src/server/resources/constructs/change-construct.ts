import { createHash } from 'node:crypto'

import type { Endpoint } from '#api/contract/endpoint.ts'

import type { Db } from '../../db/connection.ts'
import type { HandlerInput } from '../../route.ts'
import { changed } from '../../trail.ts'
import { requireVersion } from '../../versions.ts'
import type { Kind, PathIds } from './kind.ts'
import { type Group, readConstructAt, readGroup } from './place.ts'
import { type ConstructFields, type ConstructRow, deleteConstruct, updateConstruct } from './store.ts'
import { writeTransaction } from './write-transaction.ts'

/** What a construct says, for its version: drafts count, ids and times do not. */
export function contentOf({ kind, name, guid, text, draft }: ConstructRow): unknown {
  return { kind, name, guid, text, draft }
}

/** What the audit record notes of its state: of texts the checksum only, as they may be long and hold anything. */
export function noteOf({ name, verb, guid, checksum, draft }: ConstructRow): object {
  return { name, verb, guid, checksum, draft: draft === null ? null : createHash('sha256').update(draft).digest('hex') }
}

/** What the audit record says of a construct. */
export function targetOf(row: ConstructRow): { kind: string; id: number; name: string; branch: string } {
  return { kind: row.kind, id: row.id, name: row.name, branch: row.branch }
}

/** Which construct is written, by which request, when. */
export interface WriteInput {
  params: PathIds
  request: HandlerInput<Endpoint>['request']
  now: Date
}

/**
 * Changes one construct under its lock: `change` sees it as it is then and says what it becomes. A group's name cannot
 * change meanwhile. Throws `not_found`, and `conflict` where `If-Match` names another version.
 */
export function changeConstruct(
  db: Db,
  kind: Kind,
  input: WriteInput,
  change: (trx: Db, row: ConstructRow, group: Group | null) => Promise<ConstructFields>,
): Promise<ConstructRow> {
  return writeTransaction(db, async (trx) => {
    // The group first: its renaming holds it while it rewrites its queries.
    const group = await readGroup(trx, input.params, { hold: true })
    const row = await lockVersion(trx, kind, input)
    const after = await updateConstruct(trx, row, await change(trx, row, group), input.now)
    Object.assign(input.request.trail, changed(noteOf(row), noteOf(after)))
    return after
  })
}

/** Deletes the construct in the path, under the same rules; gives what was deleted. */
export function removeConstruct(db: Db, kind: Kind, input: WriteInput): Promise<ConstructRow> {
  return writeTransaction(db, async (trx) => {
    const row = await lockVersion(trx, kind, input)
    await deleteConstruct(trx, row.id)
    Object.assign(input.request.trail, changed(noteOf(row), null))
    return row
  })
}

/** The construct in the path, locked until the transaction ends, in the version that was asked for. */
async function lockVersion(trx: Db, kind: Kind, { params, request }: WriteInput): Promise<ConstructRow> {
  const row = await readConstructAt(trx, kind, params, { lock: true })
  await requireVersion(trx, { request }, targetOf(row), contentOf(row))
  return row
}
