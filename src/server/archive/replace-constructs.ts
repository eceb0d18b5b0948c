import { createHash } from 'node:crypto'

import type { Selectable } from 'kysely'

import type { Db } from '../db/connection.ts'
import type { ConstructTable } from '../db/tables.ts'
import { FORMAT_WITH_CONSTRUCTS } from './format.ts'
import { insertRow } from './insert-row.ts'
import { type GroupPlace, replaceApiGroups } from './replace-api-groups.ts'
import type { VerifiedArchive } from './verify.ts'

type Row = Selectable<ConstructTable>

/**
 * Makes the API groups and constructs of the archive those of the branch. One that is there already, by kind and guid,
 * keeps its id. An archive of a format that knew no constructs leaves those of the branch alone, but for the endpoints
 * of groups that it does not have.
 */
export async function replaceLogic(
  db: Db,
  place: GroupPlace,
  { manifest, contents }: VerifiedArchive,
  now: Date,
): Promise<void> {
  const before = await db.selectFrom('construct').selectAll().where('branch_id', '=', place.branchId).execute()
  await db.deleteFrom('construct').where('branch_id', '=', place.branchId).execute()
  const groupIds = await replaceApiGroups(db, place, contents.apiGroups, now)
  if (manifest.format < FORMAT_WITH_CONSTRUCTS) {
    const ids = new Set(groupIds.values())
    const kept = before.filter(({ api_group_id: id }) => id === null || ids.has(id))
    for (const row of kept) await insertRow(db, 'construct', row)
    return
  }
  const known = new Map(before.map((row) => [keyOf(row), row]))
  for (const construct of contents.constructs) {
    const same = known.get(keyOf(construct))
    await insertRow(db, 'construct', {
      id: same?.id,
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      api_group_id: construct.group === null ? null : (groupIds.get(construct.group) ?? null),
      kind: construct.kind,
      name: construct.name,
      verb: construct.verb,
      description: construct.description,
      guid: construct.guid,
      text: construct.text,
      draft: null,
      checksum: createHash('sha256').update(construct.text).digest('hex'),
      created_at: same?.created_at ?? now,
      updated_at: now,
    })
  }
}

function keyOf({ kind, guid }: Pick<Row, 'kind' | 'guid'>): string {
  return `${kind} ${guid}`
}
