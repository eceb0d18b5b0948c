import type { Selectable } from 'kysely'

import type { RenamedCanonical } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import type { ApiGroupTable } from '../db/tables.ts'
import type { ChosenParts } from './choose-parts.ts'
import { constructKey, NO_IDS } from './import-ids.ts'
import type { Touched } from './import-request.ts'
import { insertRow } from './insert-row.ts'
import type { ReadConstruct } from './read-constructs.ts'
import { ImportRefused } from './refusal.ts'
import { type GroupPlace, insertApiGroups, NEW_CANONICALS } from './replace-api-groups.ts'
import { type ConstructRow, insertConstructs, type LogicChoice } from './replace-constructs.ts'

type GroupRow = Selectable<ApiGroupTable>
type Parts = Pick<ChosenParts, 'groups' | 'constructs' | 'going'>

export interface SomeLogicChoice extends LogicChoice {
  /** False for an archive of a format that knew no constructs: the endpoints of its groups stay. */
  hasConstructs: boolean
}

export interface SomeLogic {
  renamed: RenamedCanonical[]
  touched: Pick<Touched, 'groups' | 'constructs'>
}

/**
 * Puts these API groups, with their endpoints, and these constructs into the branch; whatever else it has stays. Each
 * takes the place, and the id, of the one with its guid, else of the one with its name. Refuses where these are two, and
 * where an endpoint is in another group now.
 */
export async function replaceSomeLogic(
  db: Db,
  place: GroupPlace,
  { groups, constructs, going }: Parts,
  { hasConstructs, now, canonicals = NEW_CANONICALS, remembered = NO_IDS }: SomeLogicChoice,
): Promise<SomeLogic> {
  const { branchId } = place
  const groupsNow = await db.selectFrom('api_group').selectAll().where('branch_id', '=', branchId).execute()
  const all = await db.selectFrom('construct').selectAll().where('branch_id', '=', branchId).execute()
  const oldGroups = displaced(groups, groupsNow, GROUP_KEYS, new Set(going.groups))
  const outside = constructs.filter(({ group }) => group === null)
  const oldOnes = displaced(
    outside,
    all.filter(({ api_group_id: id }) => id === null),
    CONSTRUCT_KEYS,
    new Set(going.constructs),
  )
  const oldIds = new Set(oldGroups.map(({ id }) => id))
  const endpoints = all.filter(({ api_group_id: id }) => id !== null && oldIds.has(id))
  const old = [...oldOnes, ...endpoints]
  requireUnmoved(constructs, all, old, groupsNow)
  await deleteThem(
    db,
    old.map(({ id }) => id),
    [...oldIds],
  )
  const ways = { canonicals, remembered: remembered.api_group, now }
  const { ids: groupIds, guids, renamed } = await insertApiGroups(db, place, groups, oldGroups, ways)
  const sameOf = finderOf(old, groupIds, constructs)
  await insertConstructs(db, place, constructs, { groupIds, sameOf, remembered: remembered.construct, now })
  if (!hasConstructs) await keepEndpoints(db, endpoints, new Set(groupIds.values()))
  const touched = {
    groups: unique([...oldGroups.map(({ guid }) => guid), ...guids]),
    constructs: unique([...oldOnes, ...outside].map(constructKey)),
  }
  return { renamed, touched }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

interface Keys<New, Old> {
  what: (item: New | Old) => string
  /** What stays the same whatever its name is. Empty = it has none. */
  lasting: (item: New | Old) => string
  name: (item: New | Old) => string
}

type Named = { name: string; guid: string }
const GROUP_KEYS: Keys<Named, GroupRow> = {
  what: ({ name }) => `API group "${name}"`,
  lasting: ({ guid }) => guid,
  name: ({ name }) => name.toLowerCase(),
}

type Kinded = Named & { kind: string }
const CONSTRUCT_KEYS: Keys<Kinded, ConstructRow> = {
  what: ({ kind, name }) => `${kind} "${name}"`,
  lasting: constructKey,
  name: ({ kind, name }) => `${kind} ${name.toLowerCase()}`,
}

/** Those that go: what is in the place of one that comes, and what `going` names by its lasting key. */
function displaced<New, Old extends New>(
  coming: readonly New[],
  now: readonly Old[],
  keys: Keys<New, Old>,
  going: ReadonlySet<string>,
): Old[] {
  const lasting = new Set(coming.map(keys.lasting).filter((key) => key !== ''))
  const gone = new Set(now.filter((one) => lasting.has(keys.lasting(one)) || going.has(keys.lasting(one))))
  const known = new Map([...gone].map((one) => [keys.lasting(one), one]))
  const names = new Map(now.map((one) => [keys.name(one), one]))
  for (const one of coming) {
    const namesake = names.get(keys.name(one))
    if (namesake === undefined || gone.has(namesake)) continue
    const same = known.get(keys.lasting(one))
    if (same !== undefined) {
      throw new ImportRefused(
        'name_taken',
        `The ${keys.what(one)} of the backup is called ${keys.what(same)} now, and another one has its old name. Rename one of them, or choose both if the backup holds both.`,
      )
    }
    gone.add(namesake)
  }
  return [...gone]
}

/** Throws `conflict` where an endpoint of a chosen group is in a group that stays. */
function requireUnmoved(
  constructs: readonly ReadConstruct[],
  now: readonly ConstructRow[],
  old: readonly ConstructRow[],
  groups: readonly GroupRow[],
): void {
  const going = new Set(old.map(({ id }) => id))
  const staying = new Map(now.filter(({ id }) => !going.has(id)).map((one) => [constructKey(one), one]))
  for (const construct of constructs) {
    const other = staying.get(constructKey(construct))
    if (other === undefined) continue
    const group = groups.find(({ id }) => id === other.api_group_id)?.name ?? ''
    throw new ImportRefused(
      'endpoint_moved',
      `The endpoint ${construct.verb ?? ''} "${construct.name}" of the API group "${construct.group ?? ''}" is in the group "${group}" now. Choose "${group}" too, or move the endpoint back first.`,
    )
  }
}

/** Constructs before their groups, which would take them along. */
async function deleteThem(db: Db, constructs: readonly number[], groups: readonly number[]): Promise<void> {
  if (constructs.length > 0) await db.deleteFrom('construct').where('id', 'in', constructs).execute()
  if (groups.length > 0) await db.deleteFrom('api_group').where('id', 'in', groups).execute()
}

/** Finds the deleted construct that another one takes the place of: by guid, else by name. */
function finderOf(
  old: readonly ConstructRow[],
  groupIds: ReadonlyMap<string, number>,
  coming: readonly ReadConstruct[],
): (construct: ReadConstruct) => ConstructRow | undefined {
  const nameOf = (kind: string, name: string, verb: string | null, group: number | null): string =>
    JSON.stringify([kind, name.toLowerCase(), verb, group])
  const byGuid = new Map(old.map((one) => [constructKey(one), one]))
  const wanted = new Set(coming.map(constructKey))
  const rest = old.filter((one) => !wanted.has(constructKey(one)))
  const byName = new Map(rest.map((one) => [nameOf(one.kind, one.name, one.verb, one.api_group_id), one]))
  return (construct) => {
    const group = construct.group === null ? null : (groupIds.get(construct.group) ?? null)
    const { kind, name, verb } = construct
    return byGuid.get(constructKey(construct)) ?? byName.get(nameOf(kind, name, verb, group))
  }
}

async function keepEndpoints(db: Db, endpoints: readonly ConstructRow[], groups: ReadonlySet<number>): Promise<void> {
  for (const row of endpoints) {
    if (row.api_group_id !== null && groups.has(row.api_group_id)) await insertRow(db, 'construct', row)
  }
}
