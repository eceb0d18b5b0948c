import { createHash } from 'node:crypto'

import type { Selectable } from 'kysely'

import type { RenamedCanonical } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import type { ConstructTable } from '../db/tables.ts'
import { FORMAT_WITH_CONSTRUCTS } from './format.ts'
import { constructKey, type IdBook, NO_IDS } from './import-ids.ts'
import { insertRow } from './insert-row.ts'
import type { ReadConstruct } from './read-constructs.ts'
import { type CanonicalChoice, type GroupPlace, NEW_CANONICALS, replaceApiGroups } from './replace-api-groups.ts'
import type { VerifiedArchive } from './verify.ts'

export interface LogicChoice {
  now: Date
  canonicals?: CanonicalChoice | undefined
  /** Ids that groups and constructs had before an earlier restore took them away. */
  remembered?: IdBook | undefined
}

/**
 * Makes the API groups and constructs of the archive those of the branch, drafts included. One that is there already,
 * by kind and guid, keeps its id. An archive of a format that knew no constructs leaves those of the branch alone, but
 * for the endpoints of groups that it does not have. Answers the groups that got another canonical.
 */
export async function replaceLogic(
  db: Db,
  place: GroupPlace,
  { manifest, contents }: VerifiedArchive,
  { now, canonicals = NEW_CANONICALS, remembered = NO_IDS }: LogicChoice,
): Promise<RenamedCanonical[]> {
  const before = await db.selectFrom('construct').selectAll().where('branch_id', '=', place.branchId).execute()
  await db.deleteFrom('construct').where('branch_id', '=', place.branchId).execute()
  const { ids: groupIds, renamed } = await replaceApiGroups(db, place, contents.apiGroups, {
    canonicals,
    remembered: remembered.api_group,
    now,
  })
  if (manifest.format < FORMAT_WITH_CONSTRUCTS) {
    const ids = new Set(groupIds.values())
    const kept = before.filter(({ api_group_id: id }) => id === null || ids.has(id))
    for (const row of kept) await insertRow(db, 'construct', row)
    return renamed
  }
  const known = new Map(before.map((row) => [constructKey(row), row]))
  const sameOf = (construct: ReadConstruct): ConstructRow | undefined => known.get(constructKey(construct))
  await insertConstructs(db, place, contents.constructs, { groupIds, sameOf, remembered: remembered.construct, now })
  return renamed
}

export type ConstructRow = Selectable<ConstructTable>

export interface ConstructWays {
  /** Ids of API groups by name. */
  groupIds: ReadonlyMap<string, number>
  /** The deleted construct whose place it takes, with its id. */
  sameOf: (construct: ReadConstruct) => ConstructRow | undefined
  /** Ids by kind and guid that constructs had before an earlier restore took them away. */
  remembered: Readonly<Record<string, number>>
  now: Date
}

/** Adds constructs of an archive to the branch, drafts included. */
export async function insertConstructs(
  db: Db,
  place: GroupPlace,
  constructs: readonly ReadConstruct[],
  { groupIds, sameOf, remembered, now }: ConstructWays,
): Promise<void> {
  for (const construct of constructs) {
    const same = sameOf(construct)
    await insertRow(db, 'construct', {
      id: same?.id ?? remembered[constructKey(construct)],
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      api_group_id: construct.group === null ? null : (groupIds.get(construct.group) ?? null),
      kind: construct.kind,
      name: construct.name,
      verb: construct.verb,
      description: construct.description,
      guid: construct.guid,
      text: construct.text,
      draft: construct.draft,
      checksum: createHash('sha256').update(construct.text).digest('hex'),
      created_at: same?.created_at ?? now,
      updated_at: now,
    })
  }
}
