import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { newGuid } from '../ids.ts'
import { hasForeignKey } from '../tables/column-type.ts'
import { idType, referencesTo, type TableDefinition } from '../tables/definition.ts'
import { checkDefinition } from '../tables/validate-definition.ts'
import { chooseTables, requireTargets } from './choose-tables.ts'
import type { TableChoice } from './import-request.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import { newTableIds } from './plan-definitions.ts'
import { ImportRefused } from './refusal.ts'
import type { VerifiedArchive } from './verify.ts'

/** What chosen tables of an archive do to a workspace. */
export interface TablePlan {
  /** The manifest's entries of the tables that come in. */
  tables: ManifestTable[]
  /** In the order of `tables`; a table that is there by name keeps its id. */
  definitions: TableDefinition[]
  /** Tables of the workspace that go: replaced or removed. */
  replaced: TableDefinition[]
  /** The rest, which stays as it is. */
  others: TableDefinition[]
}

/** A column of a table and the table it refers to, where PostgreSQL keeps that by a foreign key. */
export interface Link {
  from: TableDefinition
  column: string
  to: TableDefinition
}

export interface PlanPlace {
  workspaceId: number
  before: readonly TableDefinition[]
  remembered: Readonly<Record<string, number>>
  now: Date
}

/**
 * Finds what a restore of some tables replaces, and refuses what would not fit: tables that the archive lacks, references
 * to tables that would not be there, ids of another type than what refers to them.
 */
export async function planTables(
  db: Db,
  { manifest, contents }: VerifiedArchive,
  { names, removesMissing }: Pick<TableChoice, 'names' | 'removesMissing'>,
  place: PlanPlace,
): Promise<TablePlan> {
  const archived = new Set(contents.definitions.map(({ name }) => name.toLowerCase()))
  const wanted = removesMissing ? names.filter((name) => archived.has(name.toLowerCase())) : names
  const chosen = chooseTables(contents.definitions, wanted)
  const going = new Set(names.map((name) => name.toLowerCase()))
  const replaced = place.before.filter(({ name }) => going.has(name.toLowerCase()))
  const others = place.before.filter(({ name }) => !going.has(name.toLowerCase()))
  const known = new Set(others.map(({ name }) => name.toLowerCase()))
  requireTargets(contents.definitions, chosen, known)
  const definitions = await definitionsOf(db, contents.definitions, chosen, others, place)
  const tables = chosen.flatMap((at) => manifest.tables[at] ?? [])
  const plan = { tables, definitions, replaced, others }
  requireFit(plan)
  return plan
}

/** Throws `conflict` where tables that are there would be replaced by an archive without rows. */
export function requireRowsToReplace(
  { includesRows }: Pick<Manifest, 'includesRows'>,
  replaced: readonly unknown[],
): void {
  if (includesRows || replaced.length === 0) return
  throw new ImportRefused(
    'definitions_only',
    'The archive holds definitions only: all rows of the chosen tables would be lost. Choose a backup with rows.',
  )
}

async function definitionsOf(
  db: Db,
  read: VerifiedArchive['contents']['definitions'],
  chosen: readonly number[],
  others: readonly TableDefinition[],
  { workspaceId, before, remembered, now }: PlanPlace,
): Promise<TableDefinition[]> {
  const byName = new Map(before.map((table) => [table.name.toLowerCase(), table]))
  const fresh = await newTableIds(db, chosen.length)
  const ids = read.map(({ name }, at) => {
    const key = name.toLowerCase()
    const known = byName.get(key)?.id
    return known ?? (chosen.includes(at) ? (remembered[key] ?? fresh.shift() ?? null) : null)
  })
  const guids = new Set(others.map(({ guid }) => guid))
  return chosen.flatMap((at) => {
    const definition = read[at]
    if (definition === undefined) return []
    const { name, guid } = definition
    const columns = definition.columns.map((column) => ({
      ...column,
      tableref_id: column.tableref_id == null ? null : (ids[column.tableref_id - 1] ?? null),
    }))
    return {
      ...definition,
      columns,
      id: ids[at] ?? 0,
      workspaceId,
      guid: guid === '' || guids.has(guid) ? newGuid() : guid,
      createdAt: byName.get(name.toLowerCase())?.createdAt ?? now,
      updatedAt: now,
    }
  })
}

/** New tables fit what they refer to, and what refers to a table finds it, with ids of the same type. */
function requireFit({ definitions, replaced, others }: TablePlan): void {
  const after = [...others, ...definitions]
  for (const definition of definitions) {
    try {
      checkDefinition(definition, after)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      throw new ImportRefused(
        'id_type',
        `The table "${definition.name}" of the backup does not fit the tables that are here: ${error.message}`,
      )
    }
  }
  for (const table of replaced) {
    const successor = definitions.find(({ id }) => id === table.id)
    const from = others.find((other) => referencesTo(other, table.id).length > 0)
    if (from === undefined) continue
    if (successor === undefined) {
      throw new ImportRefused(
        'referenced',
        `The table "${table.name}" would be removed, and "${from.name}" refers to it. Remove that reference first.`,
      )
    }
    if (idType(successor) !== idType(table)) {
      throw new ImportRefused(
        'id_type',
        `The ids of "${table.name}" in the backup are of another type than now, and "${from.name}" refers to it. Choose "${from.name}" too.`,
      )
    }
  }
}

/** References from new tables to those that stay, and from those that stay to new ones. */
export function linksOf({ definitions, others }: TablePlan): { outward: Link[]; inward: Link[] } {
  return { outward: linksFrom(definitions, others), inward: linksFrom(others, definitions) }
}

/** References from the ones to the others. */
export function linksFrom(from: readonly TableDefinition[], to: readonly TableDefinition[]): Link[] {
  return from.flatMap((table) =>
    table.columns.filter(hasForeignKey).flatMap((column) => {
      const target = to.find(({ id }) => id === column.tableref_id)
      return target === undefined ? [] : [{ from: table, column: column.name, to: target }]
    }),
  )
}
