import { isDeepStrictEqual } from 'node:util'

import { parseTable, type TableDocument } from '#xanoscript/table-document.ts'

import type { Leftover } from './manifest.ts'
import { printDefinition, type Raw, rawColumns, rawIndexes, type ReadDefinition, withLeftover } from './table-text.ts'

/** What is known of the tables of a workspace: names by id, and ids by name in lower case. */
export interface TableNames {
  names: ReadonlyMap<number, string>
  ids: ReadonlyMap<string, number>
}

/**
 * A table document in the form of the API's JSON body, still to be validated. `before` is the table that it was made
 * from, if any: what the language has no words for (a text's format, an index's id) stays wherever the document says
 * what the printed table says. A document without a guid leaves the guid.
 */
export function editedTable(document: TableDocument, { names, ids }: TableNames, before?: ReadDefinition): Raw {
  const printed = before === undefined ? undefined : printDefinition(before, names)
  const old = printed === undefined ? undefined : parseTable(printed.text)
  const columns = rawColumns(document, ids)
  const columnSettings = keptColumns(
    printed?.settings.columns ?? {},
    byPath(old === undefined ? [] : rawColumns(old, ids)),
    byPath(columns),
  )
  return {
    name: document.name,
    description: document.description ?? '',
    auth: document.auth ?? false,
    ...newGuid(document, before),
    tag: document.tags,
    schema: columns.map((column) => withLeftover(column, columnSettings)),
    index: keptIndexes(printed?.settings.indexes ?? [], old === undefined ? [] : rawIndexes(old), rawIndexes(document)),
  }
}

/** A guid that stays is not said: one of an older release need not be what a new one must be. */
function newGuid({ guid }: TableDocument, before?: ReadDefinition): { guid?: string } {
  return guid === null || guid === before?.guid ? {} : { guid }
}

/** Columns by name, those inside an object by their path: `address.city`. */
function byPath(columns: readonly Raw[], prefix = ''): Map<string, Raw> {
  return new Map(
    columns.flatMap((column) => {
      const path = `${prefix}${String(column['name'])}`
      const children = (column['children'] ?? []) as Raw[]
      return [[path, column] as const, ...byPath(children, `${path}.`)]
    }),
  )
}

/** The settings that stay: those of columns of the same type, where the document says nothing new. */
function keptColumns(
  settings: Record<string, Leftover>,
  old: ReadonlyMap<string, Raw>,
  edited: ReadonlyMap<string, Raw>,
): Record<string, Leftover> {
  const isKept = (path: string, key: string): boolean =>
    isDeepStrictEqual(old.get(path)?.[key], edited.get(path)?.[key])
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([path]) => isKept(path, 'type'))
      .map(([path, own]) => [path, Object.fromEntries(Object.entries(own).filter(([key]) => isKept(path, key)))]),
  )
}

/** Each index with what the language cannot say of the one that was printed alike; none is taken twice. */
function keptIndexes(settings: readonly Leftover[], old: readonly Raw[], edited: readonly Raw[]): Raw[] {
  const free = new Set(old.keys())
  return edited.map((index) => {
    const at = [...free].find((candidate) => isDeepStrictEqual(old[candidate], index))
    if (at === undefined) return index
    free.delete(at)
    return { ...index, ...settings[at] }
  })
}
