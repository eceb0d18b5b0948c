import type { ArchiveDiff, DefinitionDiff, FieldDiff, TableDiff } from '#api/contract/diffs.ts'
import { formatCount } from '#console/lib/format.ts'

import { kindWords, LOOK_OF_FILES, lookOfDefinition, lookOfTable } from './diff-words.ts'
import { type RowsNow, rowsNow } from './row-change-words.ts'

/** Something that is there now and would be gone. */
export interface Loss {
  what: 'table' | 'rows' | 'column' | 'definition' | 'drafts' | 'files'
  words: string
  /** How many of what it is: one table, or several empty ones in one line. */
  count: number
  /** Rows that go with it. */
  rows: number
  /** When the newest of the rows was made. */
  newestAt: string | null
  /** What shows it closer, as the address names it; null where there is no more to see. */
  look: string | null
}

/** A loss with the data that go with it; `Infinity` where nobody counted them. */
interface Weighed {
  loss: Loss
  data: number
}

/**
 * What would be lost, most data first: tables with rows, rows of tables that stay, columns with values, files; then
 * definitions and drafts; last, in a line each, columns and tables with nothing in them.
 */
export function lossesOf(diff: ArchiveDiff, rows: RowsNow): Loss[] {
  const removed = diff.tables.filter(({ effect }) => effect === 'removed').map((table) => tableLoss(table, rows))
  const kept = diff.tables.filter(({ effect }) => effect !== 'removed')
  const columns = kept.flatMap(columnLosses)
  return [
    ...withData(removed),
    ...withData(kept.map((table) => rowLoss(table, rows))),
    ...withData(columns),
    ...countLoss('files', diff.files.removed, 'stored file', LOOK_OF_FILES),
    ...diff.definitions.filter(({ effect }) => effect === 'removed').map(definitionLoss),
    ...countLoss('drafts', diff.draftsNow, 'unpublished draft', null),
    ...emptyLoss(columns, 'empty column'),
    ...emptyLoss(removed, 'empty table'),
  ]
}

/** Most first. */
function withData(weighed: readonly Weighed[]): Loss[] {
  return weighed
    .filter(({ data }) => data > 0)
    .toSorted((a, b) => b.data - a.data)
    .map(({ loss }) => loss)
}

/** Those without data in one line; one alone is named. */
function emptyLoss(weighed: readonly Weighed[], noun: string): Loss[] {
  const [first, ...others] = weighed.filter(({ data }) => data === 0).map(({ loss }) => loss)
  if (first === undefined) return []
  const count = others.length + 1
  return [{ ...first, words: count === 1 ? `Empty ${midSentence(first.words)}` : formatCount(count, noun), count }]
}

function tableLoss({ table, removed, newestRemovedAt }: TableDiff, rows: RowsNow): Weighed {
  const data = removed ?? rowsNow(table, rows)
  const words = data === 0 ? `Table ${table}` : `Table ${table} with ${formatCount(data, 'row')}`
  const look = (removed ?? 0) === 0 ? null : lookOfTable(table)
  return { loss: { what: 'table', words, count: 1, rows: data, newestAt: newestRemovedAt, look }, data }
}

/** An archive without rows leaves empty tables. */
function rowLoss({ table, removed, newestRemovedAt }: TableDiff, rows: RowsNow): Weighed {
  const data = removed ?? rowsNow(table, rows)
  const words = `${formatCount(data, 'row')} in ${table}`
  const look = removed === null ? null : lookOfTable(table)
  return { loss: { what: 'rows', words, count: data, rows: data, newestAt: newestRemovedAt, look }, data }
}

function columnLosses({ table, fields }: TableDiff): Weighed[] {
  return fields
    .filter(({ what, effect }) => what === 'column' && effect === 'removed')
    .map((field) => columnLoss(table, field))
}

function columnLoss(table: string, { name, values }: FieldDiff): Weighed {
  const held = values === null || values === 0 ? '' : ` with ${formatCount(values, 'value')}`
  const words = `Column ${table}.${name}${held}`
  const look = values === 0 ? null : lookOfTable(table)
  return { loss: { what: 'column', words, count: 1, rows: 0, newestAt: null, look }, data: values ?? Infinity }
}

function definitionLoss(definition: DefinitionDiff): Loss {
  const words = `${kindWords(definition.kind)} ${definition.name}`
  return { what: 'definition', words, count: 1, rows: 0, newestAt: null, look: lookOfDefinition(definition) }
}

function countLoss(what: 'drafts' | 'files', count: number, noun: string, look: string | null): Loss[] {
  return count === 0 ? [] : [{ what, words: formatCount(count, noun), count, rows: 0, newestAt: null, look }]
}

/**
 * True where a restore would change nothing. Of an archive without rows the diff compares none, but the restore takes
 * those that are there away.
 */
export function isNothing(diff: ArchiveDiff, rows: RowsNow): boolean {
  return diff.same && lossesOf(diff, rows).length === 0
}

/** `Table gone` → `table gone`; `API group Public` stays. */
const midSentence = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words

const NOUNS: readonly (readonly [Loss['what'], string])[] = [
  ['table', 'table'],
  ['rows', 'row'],
  ['column', 'column'],
  ['files', 'stored file'],
  ['definition', 'definition'],
  ['drafts', 'unpublished draft'],
]

/** `43 tables, 217 rows and 2 definitions`: how much it is together, rows of the tables among them. */
export function lossTotals(losses: readonly Loss[]): string {
  const said = NOUNS.flatMap(([what, noun]) => {
    const countOf = (loss: Loss): number => (what === 'rows' ? loss.rows : loss.what === what ? loss.count : 0)
    const count = losses.reduce((sum, loss) => sum + countOf(loss), 0)
    return count === 0 ? [] : [formatCount(count, noun)]
  })
  const last = said.pop() ?? ''
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`
}

/** So many are named; of more, those with the most data. */
const NAMED_MAX = 4

/** `Lost: table gone with 3 rows and function sum.`; many are counted, and those with the most data named. */
export function lostSentence(losses: readonly Loss[]): string {
  const names = losses.slice(0, NAMED_MAX).map(({ words }) => midSentence(words))
  if (losses.length > NAMED_MAX) return `Lost: ${lossTotals(losses)}, among them ${names.join(', ')}.`
  const last = names.pop() ?? ''
  return `Lost: ${names.length === 0 ? last : `${names.join(', ')} and ${last}`}.`
}
