import { isDeepStrictEqual } from 'node:util'

import type { FieldDiff } from '#api/contract/diffs.ts'

import type { TableDefinition } from '../../tables/definition.ts'
import { compareColumns } from './compare-columns.ts'
import type { ArchivedTable } from './pair-tables.ts'
import { indexTexts, type NameOfTable, type ShapedColumn, shapedColumns } from './table-shape.ts'

type ReadTable = ArchivedTable['definition']

/** How each side names the tables behind references. */
export interface TableNames {
  archived: NameOfTable
  live: NameOfTable
}

/** What a restore would do to the definition of a table that is on both sides, in words. */
export function compareDefinitions(archived: ReadTable, live: TableDefinition, names: TableNames): FieldDiff[] {
  const after = shapedColumns(archived.columns, names.archived)
  const before = shapedColumns(live.columns, names.live)
  return [
    ...compareColumns(after, before),
    ...compareOrder(after, before),
    ...compareIndexes(archived, live),
    ...compareSettings(archived, live),
  ]
}

function compareOrder(after: readonly ShapedColumn[], before: readonly ShapedColumn[]): FieldDiff[] {
  const namesOf = (columns: readonly ShapedColumn[], others: readonly ShapedColumn[]): string[] =>
    columns.map(({ name }) => name).filter((name) => others.some((other) => other.name === name))
  if (isDeepStrictEqual(namesOf(after, before), namesOf(before, after))) return []
  return [setting('order of columns', `${namesOf(before, after).join(', ')} → ${namesOf(after, before).join(', ')}`)]
}

/** Indexes that say the same are the same, whatever their ids. */
function compareIndexes(archived: ReadTable, live: TableDefinition): FieldDiff[] {
  const after = indexTexts(archived.indexes)
  const before = indexTexts(live.indexes)
  const diff = (effect: 'added' | 'removed', { name, text }: { name: string; text: string }): FieldDiff => {
    return { what: 'index', name, effect, detail: text, values: null }
  }
  return [
    ...without(before, after).map((index) => diff('removed', index)),
    ...without(after, before).map((index) => diff('added', index)),
  ]
}

/** Those of the list that the other one does not have; one that is there twice needs two others. */
function without<Item extends { text: string }>(list: readonly Item[], others: readonly Item[]): Item[] {
  const free = others.map(({ text }) => text)
  return list.filter(({ text }) => {
    const at = free.indexOf(text)
    if (at !== -1) free.splice(at, 1)
    return at === -1
  })
}

function compareSettings(archived: ReadTable, live: TableDefinition): FieldDiff[] {
  const tags = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '))
  const differing = (name: string, old: unknown, now: unknown, detail = 'changed'): FieldDiff[] =>
    isDeepStrictEqual(old, now) ? [] : [setting(name, detail)]
  const { auth } = archived
  return [
    ...differing('name', live.name, archived.name, `${live.name} → ${archived.name}`),
    ...differing('description', live.description, archived.description),
    ...differing('documentation', live.docs, archived.docs),
    ...differing('authentication', live.auth, auth, auth ? 'now used to sign in' : 'no longer used to sign in'),
    ...differing('tags', live.tag, archived.tag, `${tags(live.tag)} → ${tags(archived.tag)}`),
    ...differing('autocomplete', live.autocomplete, archived.autocomplete),
    // One without a guid gets a new one.
    ...(archived.guid === '' ? [] : differing('guid', live.guid, archived.guid)),
    ...differing('API group', live.apiGroupGuid ?? null, archived.apiGroupGuid),
  ]
}

function setting(name: string, detail: string): FieldDiff {
  return { what: 'setting', name, effect: 'changed', detail, values: null }
}
