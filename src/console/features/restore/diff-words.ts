import type { ArchiveDiff, DefinitionDiff, TableDiff } from '#api/contract/diffs.ts'
import type { RestorePreview } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

/** One thing that is there now and would be gone. */
export interface Loss {
  what: 'table' | 'rows' | 'column' | 'definition' | 'drafts' | 'files'
  words: string
  /** When the newest of the rows was made. */
  newestAt: string | null
  /** What shows it closer, as the address names it; null where there is no more to see. */
  look: string | null
}

type Rows = Pick<RestorePreview, 'tables'>

export const lookOfTable = (table: string): string => `table:${table}`
export const lookOfDefinition = ({ kind, name }: Pick<DefinitionDiff, 'kind' | 'name'>): string =>
  `definition:${kind}:${name}`
export const LOOK_OF_FILES = 'files'

/** What would be lost: whole tables, rows (most first), columns with values, definitions, drafts, files. */
export function lossesOf(diff: ArchiveDiff, rows: Rows): Loss[] {
  const removed = diff.tables.filter(({ effect }) => effect === 'removed')
  const kept = diff.tables.filter(({ effect }) => effect !== 'removed')
  return [
    ...removed.map((table) => tableLoss(table, rows)),
    ...kept.toSorted((a, b) => (b.removed ?? 0) - (a.removed ?? 0)).flatMap((table) => rowLoss(table, rows)),
    ...kept.flatMap(columnLosses),
    ...diff.definitions.filter(({ effect }) => effect === 'removed').map(definitionLoss),
    ...draftLoss(diff.draftsNow),
    ...fileLoss(diff.files.removed),
  ]
}

function tableLoss({ table, removed, newestRemovedAt }: TableDiff, rows: Rows): Loss {
  const count = removed ?? rowsNow(table, rows)
  return {
    what: 'table',
    words: `Table ${table} with ${formatCount(count, 'row')}`,
    newestAt: newestRemovedAt,
    look: lookOfTable(table),
  }
}

/** An archive without rows leaves empty tables. */
function rowLoss({ table, removed, newestRemovedAt }: TableDiff, rows: Rows): Loss[] {
  const count = removed ?? rowsNow(table, rows)
  if (count === 0) return []
  const look = removed === null ? null : lookOfTable(table)
  return [{ what: 'rows', words: `${formatCount(count, 'row')} in ${table}`, newestAt: newestRemovedAt, look }]
}

function rowsNow(table: string, { tables }: Rows): number {
  return tables.find(({ name }) => name.toLowerCase() === table.toLowerCase())?.rowsNow ?? 0
}

function columnLosses({ table, fields }: TableDiff): Loss[] {
  return fields
    .filter(({ what, effect }) => what === 'column' && effect === 'removed')
    .map(({ name, values }) => {
      const held = values === null ? '' : ` with ${formatCount(values, 'value')}`
      return { what: 'column', words: `Column ${table}.${name}${held}`, newestAt: null, look: lookOfTable(table) }
    })
}

function definitionLoss(definition: DefinitionDiff): Loss {
  const words = `${kindWords(definition.kind)} ${definition.name}`
  return { what: 'definition', words, newestAt: null, look: lookOfDefinition(definition) }
}

function draftLoss(drafts: number): Loss[] {
  if (drafts === 0) return []
  return [{ what: 'drafts', words: formatCount(drafts, 'unpublished draft'), newestAt: null, look: null }]
}

function fileLoss(files: number): Loss[] {
  if (files === 0) return []
  return [{ what: 'files', words: formatCount(files, 'stored file'), newestAt: null, look: LOOK_OF_FILES }]
}

const KINDS: Record<string, string> = {
  api_group: 'API group',
  query: 'Endpoint',
  api: 'Endpoint',
  data_source: 'Data source',
  workspace: 'Settings of workspace',
  branch: 'Settings of branch',
}

/** `Function`, `API group`, `Table trigger`. */
export function kindWords(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return KINDS[kind] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * True where a restore would change nothing. Of an archive without rows the diff compares none, but the restore takes
 * those that are there away.
 */
export function isNothing(diff: ArchiveDiff, rows: Rows): boolean {
  return diff.same && lossesOf(diff, rows).length === 0
}

/** `214 rows are lost, 18 change and 2 come back`; what there is none of is left out. */
export function rowWords({ tables }: Pick<ArchiveDiff, 'tables'>, rows: Rows): string {
  const sum = (pick: (table: TableDiff) => number): number => tables.reduce((total, table) => total + pick(table), 0)
  const removed = sum((table) => table.removed ?? rowsNow(table.table, rows))
  const changed = sum((table) => table.changed ?? 0)
  const added = sum((table) => table.added ?? 0)
  const parts = [
    [removed, removed === 1 ? 'is lost' : 'are lost'],
    [changed, changed === 1 ? 'changes' : 'change'],
    [added, added === 1 ? 'comes back' : 'come back'],
  ] as const
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, verb], at) => `${at === 0 ? formatCount(count, 'row') : formatNumber(count)} ${verb}`)
  const last = said.pop()
  if (last === undefined) return 'no row changes'
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`
}
