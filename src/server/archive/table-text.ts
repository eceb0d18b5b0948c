import { isDeepStrictEqual } from 'node:util'

import { z } from 'zod'

import { Column, Index } from '#api/contract/columns.ts'
import { parseTable, printTable, type TableDocument, type TableIndex } from '#xanoscript/table-document.ts'

import type { TableDefinition } from '../tables/definition.ts'
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
  const text = printTable({
    name: definition.name,
    description: definition.description === '' ? null : definition.description,
    auth: definition.auth,
    guid: definition.guid,
    tags: definition.tag,
    fields: definition.columns.map((column) => fieldOf(column, tableNames)),
    index: [
      { type: 'primary', fields: [{ name: 'id', op: null }], name: null, lang: null },
      ...definition.indexes.map(printIndex),
    ],
  })
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

function printIndex(index: TableDefinition['indexes'][number]): TableIndex {
  return {
    type: index.type === 'unique' ? 'btree|unique' : index.type,
    fields: index.fields.map((field) => ({ name: field.name, op: field.op ?? null })),
    name: index.name ?? null,
    lang: index.lang ?? null,
  }
}

type Raw = Record<string, unknown>

function rawColumns(document: TableDocument, tableIds: ReadonlyMap<string, number>): Raw[] {
  return document.fields.map((field) => columnOf(field, tableIds))
}

function rawIndexes(document: TableDocument): Raw[] {
  return document.index
    .filter((index) => index.type !== 'primary')
    .map((index) => ({
      type: index.type === 'btree|unique' ? 'unique' : index.type,
      fields: index.fields.map((field) => ({ name: field.name, ...(field.op === null ? {} : { op: field.op }) })),
      ...(index.name === null ? {} : { name: index.name }),
      ...(index.lang === null ? {} : { lang: index.lang }),
    }))
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

function withLeftover(column: Raw, leftovers: Record<string, Leftover>, prefix = ''): Raw {
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
