import { type Selectable, sql } from 'kysely'

import type { RenamedCanonical } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import type { ApiGroupTable } from '../db/tables.ts'
import { newCanonical, newGuid } from '../ids.ts'
import { insertRow } from './insert-row.ts'
import type { ReadApiGroup } from './read-contents.ts'
import { ImportRefused } from './refusal.ts'

/** The branch that groups go into. */
export interface GroupPlace {
  workspaceId: number
  branchId: number
}

/** What becomes of a canonical that is taken elsewhere. */
export interface CanonicalChoice {
  /** A random one in its place, as the documentation of imports says, or no import. */
  taken: 'new' | 'refuse'
  /** Chosen canonicals by the one in the archive. */
  names: Readonly<Record<string, string>>
}

export const NEW_CANONICALS: CanonicalChoice = { taken: 'new', names: {} }

export interface ReplacedGroups {
  /** By name. */
  ids: Map<string, number>
  /** In the order of the groups. */
  guids: string[]
  renamed: RenamedCanonical[]
}

export interface GroupWays {
  canonicals: CanonicalChoice
  /** Ids by guid that groups had before an earlier restore took them away. */
  remembered: Readonly<Record<string, number>>
  now: Date
}

/** Makes these the API groups of the branch. Answers the ids by name, and who got another canonical. */
export async function replaceApiGroups(
  db: Db,
  place: GroupPlace,
  groups: readonly ReadApiGroup[],
  how: GroupWays,
): Promise<ReplacedGroups> {
  const before = await db.selectFrom('api_group').selectAll().where('branch_id', '=', place.branchId).execute()
  await db.deleteFrom('api_group').where('branch_id', '=', place.branchId).execute()
  return insertApiGroups(db, place, groups, before, how)
}

/**
 * Adds groups in the place of those that were just deleted: one that was there, by guid or name, keeps its id.
 */
export async function insertApiGroups(
  db: Db,
  place: GroupPlace,
  groups: readonly ReadApiGroup[],
  deleted: readonly Selectable<ApiGroupTable>[],
  how: GroupWays,
): Promise<ReplacedGroups> {
  const canonicals = await chooseCanonicals(db, place, groups, how.canonicals)
  const free = new Set(deleted)
  const ids = new Map<string, number>()
  const guids: string[] = []
  for (const [at, group] of groups.entries()) {
    const same = [...free].find(({ guid }) => group.guid !== '' && guid === group.guid)
    const kept = same ?? [...free].find(({ name }) => name.toLowerCase() === group.name.toLowerCase())
    if (kept !== undefined) free.delete(kept)
    const guid = group.guid === '' ? newGuid() : group.guid
    const id = await insertRow(db, 'api_group', {
      id: kept?.id ?? how.remembered[group.guid],
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      name: group.name,
      description: group.description,
      docs: group.docs,
      guid,
      canonical: canonicals[at] ?? newCanonical(),
      swagger: group.swagger,
      documentation: JSON.stringify(group.documentation),
      settings: JSON.stringify(group.settings),
      tag: JSON.stringify(group.tags),
      created_at: kept?.created_at ?? how.now,
      updated_at: how.now,
    })
    guids.push(guid)
    ids.set(group.name, id)
  }
  const renamed = groups.flatMap(({ name, canonical: from }, at) => {
    const to = canonicals[at] ?? from
    return to === from ? [] : [{ group: name, from, to }]
  })
  return { ids, guids, renamed }
}

/**
 * The canonicals of the groups: the chosen ones, else those of the archive. One that is taken in another workspace, by
 * another group of this one, or earlier in the list is replaced or refused. The same group in another branch has the
 * same one.
 */
async function chooseCanonicals(
  db: Db,
  { workspaceId }: GroupPlace,
  groups: readonly ReadApiGroup[],
  { taken, names }: CanonicalChoice,
): Promise<string[]> {
  if (groups.length === 0) return []
  // Two imports at a time must not both find the same one free.
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.canonicals', 0))`.execute(db)
  const wanted = groups.map(({ canonical, guid }) => ({ canonical: names[canonical] ?? canonical, guid }))
  const rows = await db
    .selectFrom('api_group')
    .select(['canonical', 'guid', 'workspace_id'])
    .where(
      'canonical',
      'in',
      wanted.map(({ canonical }) => canonical),
    )
    .execute()
  const used = new Set<string>()
  return wanted.map(({ canonical, guid }, at) => {
    const isElsewhere = rows.some(
      (row) => row.canonical === canonical && (row.workspace_id !== workspaceId || row.guid !== guid),
    )
    const isTaken = isElsewhere || used.has(canonical)
    const isChosen = canonical !== groups[at]?.canonical
    if (isTaken && (isChosen || taken === 'refuse')) throw canonicalTaken(groups[at]?.name ?? '', canonical)
    const own = isTaken ? newCanonical() : canonical
    used.add(own)
    return own
  })
}

function canonicalTaken(group: string, canonical: string): ImportRefused {
  return new ImportRefused(
    'canonical_taken',
    `The address "${canonical}" of the API group "${group}" is taken by another group. Choose another one for it.`,
  )
}
