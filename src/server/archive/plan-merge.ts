import type { RowsMode } from '#api/contract/restore-scope.ts'

import { invalidInput } from '../errors.ts'
import { defaultSql } from '../tables/column-sql.ts'
import { isNotNull, sqlType } from '../tables/column-type.ts'
import { idType, type TableDefinition } from '../tables/definition.ts'
import { conversionSql } from '../tables/type-change.ts'
import { chooseTables } from './choose-tables.ts'
import type { RowId, TableChoice } from './import-request.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import type { PlanPlace } from './plan-tables.ts'
import { ImportRefused } from './refusal.ts'
import type { ReadDefinition } from './table-text.ts'
import type { VerifiedArchive } from './verify.ts'

/** How rows of an archive are merged into a table that is there. */
export type MergeMode = Exclude<RowsMode, 'replace'>

/** A table whose rows are merged by id; its definition stays. */
export interface Merge {
  live: TableDefinition
  /** What the rows of the archive are read into, under the id of `live`. */
  archived: TableDefinition
  /** The manifest's entry, with the rows of data sources that both sides have. */
  table: ManifestTable
  /** Only rows with these ids; undefined = all. */
  ids: readonly string[] | undefined
}

type Read = Pick<ReadDefinition, 'name' | 'columns'>

/** The table of this name; case does not matter. */
export function findTable<Table extends { name: string }>(tables: readonly Table[], name: string): Table | undefined {
  return tables.find((table) => table.name.toLowerCase() === name.toLowerCase())
}

/** Pairs the chosen tables with those that are there. Data sources that only one side has stay as they are. */
export function planMerges(
  { manifest, contents }: VerifiedArchive,
  choice: TableChoice,
  { workspaceId, before, now }: Pick<PlanPlace, 'workspaceId' | 'before' | 'now'>,
  labels: readonly string[],
): Merge[] {
  if (choice.names.length === 0) return []
  requireRows(manifest, labels)
  return chooseTables(contents.definitions, choice.names).flatMap((at) => {
    const [read, listed] = [contents.definitions[at], manifest.tables[at]]
    const live = read === undefined ? undefined : findTable(before, read.name)
    if (read === undefined || listed === undefined || live === undefined) return []
    requireMergeable(read, live)
    const archived = { ...read, id: live.id, workspaceId, createdAt: now, updatedAt: now }
    const table = { ...listed, rows: listed.rows.filter(({ dataSource }) => labels.includes(dataSource)) }
    return [{ live, archived, table, ids: chosenIds(read, choice) }]
  })
}

/** Throws `conflict` for an archive without rows, or with none of a data source that the workspace has. */
export function requireRows({ includesRows, dataSources }: Manifest, labels: readonly string[]): void {
  if (!includesRows) {
    throw new ImportRefused(
      'definitions_only',
      'The archive holds definitions only: there are no rows to merge. Choose a backup with rows.',
    )
  }
  if (dataSources.some(({ label }) => labels.includes(label))) return
  throw new ImportRefused(
    'data_source',
    'The backup holds rows of none of the data sources that the workspace has. Add one of them first, or restore into a new workspace.',
  )
}

/**
 * Throws `conflict` naming the columns where rows of the archive cannot go into the table as it is: other ids, values of
 * types that do not turn into those of now, or values that are required now and that the archive does not have.
 */
export function requireMergeable(read: Read, live: Pick<TableDefinition, 'name' | 'columns'>): void {
  if (idType(read) !== idType(live)) {
    throw refused(
      read,
      [{ name: 'id' }],
      `its ids are of the type ${idType(read)} in the backup and ${idType(live)} now`,
    )
  }
  const archived = new Map(read.columns.map((column) => [column.name, column]))
  const unlike = live.columns.filter((column) => {
    const from = archived.get(column.name)
    return from !== undefined && sqlType(from) !== sqlType(column) && conversionSql(from, column) === undefined
  })
  if (unlike.length > 0) {
    const one = unlike.length === 1
    throw refused(
      read,
      unlike,
      `${named(unlike)} ${one ? 'is of another type' : 'are of other types'} in the backup than now`,
    )
  }
  const lacking = live.columns.filter(
    (column) => !archived.has(column.name) && isNotNull(column) && defaultSql(column) === undefined,
  )
  if (lacking.length > 0) {
    const verbs = lacking.length === 1 ? 'is required now and has' : 'are required now and have'
    throw refused(read, lacking, `${named(lacking)} ${verbs} no default, and the backup has no values for that`)
  }
}

function refused({ name }: Read, columns: readonly { name: string }[], why: string): ImportRefused {
  return new ImportRefused(
    'columns',
    `Rows of the backup cannot be merged into "${name}": ${why}. Change the table first, or replace it.`,
    { table: name, columns: columns.map((column) => column.name) },
  )
}

/** Names of the columns that the archive has and the table of now lacks, whether renamed since or dropped. */
export function missingColumns(
  { columns }: Pick<Read, 'columns'>,
  live: { columns: readonly { name: string }[] },
): string[] {
  const names = new Set(live.columns.map(({ name }) => name))
  return columns.map(({ name }) => name).filter((name) => !names.has(name))
}

/** `"name" and "email"`. */
export function named(columns: readonly { name: string }[]): string {
  return columns.map(({ name }) => `"${name}"`).join(' and ')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MAX_ID = 2n ** 63n - 1n

/**
 * The ids that are chosen of a table, as PostgreSQL reads them; undefined = all. Throws 400 for one that is no id of this
 * table.
 */
export function chosenIds({ name, columns }: Read, { rowIds = {} }: Pick<TableChoice, 'rowIds'>): string[] | undefined {
  const ids = Object.entries(rowIds).find(([table]) => table.toLowerCase() === name.toLowerCase())?.[1]
  if (ids === undefined) return undefined
  const isUuid = idType({ columns }) === 'uuid'
  const wrong = ids.findIndex((id) => !(isUuid ? UUID.test(String(id)) : isWholeNumber(id)))
  if (wrong >= 0) {
    throw invalidInput(`rowIds.${name}.${wrong}`, `The ids of "${name}" are ${isUuid ? 'uuids' : 'whole numbers'}.`)
  }
  return [...new Set(ids.map((id) => (isUuid ? String(id).toLowerCase() : String(BigInt(id)))))]
}

function isWholeNumber(id: RowId): boolean {
  if (typeof id === 'number') return Number.isSafeInteger(id)
  if (!/^-?\d{1,19}$/.test(id)) return false
  const value = BigInt(id)
  return value <= MAX_ID && value >= -MAX_ID
}
