import { isDeepStrictEqual } from 'node:util'

import { z } from 'zod'

import { Column, Index } from '#api/contract/columns.ts'
import { parseTable, printTable, type TableDocument, type TableIndex } from '#xanoscript/table-document.ts'

import type { TableDefinition } from '../tables/definition.ts'
import { weightOf, WEIGHTS } from '../tables/index-sql.ts'
import { normalColumns, normalIndexes } from '../tables/normal-definition.ts'
import { columnOf, fieldOf } from './column-field.ts'
import type { Leftover, ManifestTable } from './manifest.ts'

type Settings = ManifestTable['settings']

/** A definition out of an archive: ids in `tableref_id` are those of the map it was read with. */
export type ReadDefinition = Pick<
  TableDefinition,
  'name' | 'description' | 'docs' | 'auth' | 'guid' | 'tag' | 'columns' | 'indexes' | 'autocomplete'
>

/**
 * A table as XanoScript, and what that language cannot hold of it. The text is read back at once: whatever comes out
 * different is kept in `settings`, so that nothing is lost, whatever a column says.
 */
export function printDefinition(
  definition: ReadDefinition,
  tableNames: ReadonlyMap<number, string>,
): { text: string; settings: Settings } {
  const text = printTableText(definition, tableNames)
  const document = parseTable(text)
  const tableIds = new Map([...tableNames].map(([id, name]) => [name.toLowerCase(), id]))
  const columns = rawColumns(document, tableIds)
  const indexes = rawIndexes(document)
  return {
    text,
    settings: {
      autocomplete: definition.autocomplete,
      columns: columnLeftovers(definition.columns, columns),
      indexes: definition.indexes.map((index, at) => leftoverOf(index, indexes[at] ?? {})),
    },
  }
}

/** A table as XanoScript, for people: what the language cannot hold is left out. */
export function printTableText(definition: ReadDefinition, tableNames: ReadonlyMap<number, string>): string {
  return printTable(documentOf(definition, tableNames))
}

/** Reads a table back. Throws `XanoScriptError`, or a zod error where the parts make no valid column or index. */
export function readDefinition(
  text: string,
  docs: string,
  settings: Settings,
  tableIds: ReadonlyMap<string, number>,
): ReadDefinition {
  const document = parseTable(text)
  const columns = rawColumns(document, tableIds).map((column) => withLeftover(column, settings.columns))
  const indexes = rawIndexes(document).map((index, at) => ({ ...index, ...settings.indexes[at] }))
  return {
    name: document.name,
    description: document.description ?? '',
    docs,
    auth: document.auth ?? false,
    guid: document.guid ?? '',
    tag: document.tags,
    columns: normalColumns(z.array(Column).parse(columns)),
    indexes: normalIndexes(z.array(Index).parse(indexes)),
    autocomplete: settings.autocomplete,
  }
}

function documentOf(definition: ReadDefinition, tableNames: ReadonlyMap<number, string>): TableDocument {
  return {
    name: definition.name,
    description: definition.description === '' ? null : definition.description,
    auth: definition.auth,
    guid: definition.guid === '' ? null : definition.guid,
    tags: definition.tag,
    fields: definition.columns.map((column) => fieldOf(column, tableNames)),
    index: [
      { type: 'primary', fields: [{ name: 'id', op: null }], name: null, lang: null },
      ...definition.indexes.map(printIndex),
    ],
    view: definition.columns[0]?.view ?? null,
  }
}

function printIndex(index: TableDefinition['indexes'][number]): TableIndex {
  return {
    type: index.type === 'unique' ? 'btree|unique' : index.type,
    fields: index.fields.map((field) => ({ name: field.name, op: printOp(index, field) })),
    name: index.name ?? null,
    lang: index.lang ?? null,
  }
}

/** A search index says the weight of its columns by a letter; the operator class of JSON goes without its s. */
function printOp({ type }: Index, field: Index['fields'][number]): string | null {
  if (type === 'search') return weightOf(field)
  return type === 'gin' && field.op === 'jsonb_path_ops' ? 'jsonb_path_op' : (field.op ?? null)
}

/** Columns and indexes as a document says them, still to be validated. */
export type Raw = Record<string, unknown>

/** Columns of a document; references by the ids of `tableIds`, whose keys are names in lower case. */
export function rawColumns(document: TableDocument, tableIds: ReadonlyMap<string, number>): Raw[] {
  const [id, ...rest] = document.fields.map((field) => columnOf(field, tableIds))
  return id === undefined ? [] : [{ ...id, view: document.view }, ...rest]
}

/** Indexes of a document but the primary one, which is implied. */
export function rawIndexes(document: TableDocument): Raw[] {
  return document.index
    .filter((index) => index.type !== 'primary')
    .map((index) => ({
      type: index.type === 'btree|unique' ? 'unique' : index.type,
      fields: index.fields.map(({ name, op }) => ({ name, ...readOp(index.type, op) })),
      ...(index.name === null ? {} : { name: index.name }),
      ...(index.lang === null ? {} : { lang: index.lang }),
    }))
}

/** Letters say the weight of a search column, whose priority is the number of the letter. */
function readOp(type: string, op: string | null): { op?: string; priority?: number } {
  const place = type === 'search' && op !== null ? WEIGHTS.indexOf(op) : -1
  if (place !== -1) return { priority: place + 1 }
  if (type === 'gin' && op === 'jsonb_path_op') return { op: 'jsonb_path_ops' }
  return op === null ? {} : { op }
}

/** Settings that the language has words for, or that are ids of this instance. */
const NEVER_LEFT = new Set(['name', 'type', 'tableref_id', 'children'])

/** By column name; columns inside an object by their path, `address.city`. */
function columnLeftovers(columns: readonly Column[], read: readonly Raw[], prefix = ''): Record<string, Leftover> {
  return Object.fromEntries(
    columns.flatMap((column, at) => {
      const back = read[at] ?? {}
      const path = `${prefix}${column.name}`
      const own = leftoverOf(column, back)
      const inner = columnLeftovers(column.children ?? [], (back['children'] ?? []) as Raw[], `${path}.`)
      return [...(Object.keys(own).length === 0 ? [] : [[path, own] as const]), ...Object.entries(inner)]
    }),
  )
}

function leftoverOf(wanted: object, read: Raw): Leftover {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => !NEVER_LEFT.has(key) && value !== undefined && !isDeepStrictEqual(value, read[key] ?? null),
    ),
  )
}

/** The column with its settings that the language has no words for, and those of its children. */
export function withLeftover(column: Raw, leftovers: Record<string, Leftover>, prefix = ''): Raw {
  const path = `${prefix}${String(column['name'])}`
  const children = column['children'] as Raw[] | undefined
  const own = Object.entries(leftovers[path] ?? {}).filter(([key]) => !NEVER_LEFT.has(key))
  return {
    ...column,
    ...Object.fromEntries(own),
    ...(children === undefined
      ? {}
      : { children: children.map((child) => withLeftover(child, leftovers, `${path}.`)) }),
  }
}
