import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { newCanonical, newGuid } from '../ids.ts'
import { insertRow } from './insert-row.ts'
import type { ReadApiGroup } from './read-contents.ts'

/** The branch that groups go into. */
export interface GroupPlace {
  workspaceId: number
  branchId: number
}

/**
 * Makes these the API groups of the branch. A group that is there already, by guid or name, keeps its id. A canonical
 * that is taken elsewhere is replaced by a random one, as the documentation says. Answers the ids by name.
 */
export async function replaceApiGroups(
  db: Db,
  place: GroupPlace,
  groups: readonly ReadApiGroup[],
  now: Date,
): Promise<Map<string, number>> {
  const before = await db.selectFrom('api_group').selectAll().where('branch_id', '=', place.branchId).execute()
  await db.deleteFrom('api_group').where('branch_id', '=', place.branchId).execute()
  const canonicals = await freeCanonicals(db, place, groups)
  const free = new Set(before)
  const ids = new Map<string, number>()
  for (const [at, group] of groups.entries()) {
    const same = [...free].find(({ guid }) => group.guid !== '' && guid === group.guid)
    const kept = same ?? [...free].find(({ name }) => name.toLowerCase() === group.name.toLowerCase())
    if (kept !== undefined) free.delete(kept)
    const id = await insertRow(db, 'api_group', {
      id: kept?.id,
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      name: group.name,
      description: group.description,
      docs: group.docs,
      guid: group.guid === '' ? newGuid() : group.guid,
      canonical: canonicals[at] ?? newCanonical(),
      swagger: group.swagger,
      documentation: JSON.stringify(group.documentation),
      settings: JSON.stringify(group.settings),
      tag: JSON.stringify(group.tags),
      created_at: kept?.created_at ?? now,
      updated_at: now,
    })
    ids.set(group.name, id)
  }
  return ids
}

/**
 * The canonicals of the groups; a new one for each that is taken in another workspace, by another group of this one,
 * or earlier in the list. The same group in another branch has the same one.
 */
async function freeCanonicals(db: Db, { workspaceId }: GroupPlace, groups: readonly ReadApiGroup[]): Promise<string[]> {
  if (groups.length === 0) return []
  // Two imports at a time must not both find the same one free.
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.canonicals', 0))`.execute(db)
  const rows = await db
    .selectFrom('api_group')
    .select(['canonical', 'guid', 'workspace_id'])
    .where(
      'canonical',
      'in',
      groups.map(({ canonical }) => canonical),
    )
    .execute()
  const used = new Set<string>()
  return groups.map(({ canonical, guid }) => {
    const isTaken = rows.some(
      (row) => row.canonical === canonical && (row.workspace_id !== workspaceId || row.guid !== guid),
    )
    const own = isTaken || used.has(canonical) ? newCanonical() : canonical
    used.add(own)
    return own
  })
}
