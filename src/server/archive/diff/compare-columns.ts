import { isDeepStrictEqual } from 'node:util'

import type { FieldDiff } from '#api/contract/diffs.ts'

import { type ShapedColumn, typeText } from './table-shape.ts'

/** A longer value is cut in a sentence. */
const VALUE_MAX = 60

/** What a restore would do to the columns of a table, their references apart, in words. `values` is filled in later. */
export function compareColumns(archived: readonly ShapedColumn[], live: readonly ShapedColumn[]): FieldDiff[] {
  const before = new Map(live.map((column) => [column.name, column]))
  const after = new Map(archived.map((column) => [column.name, column]))
  const removed = live.filter(({ name }) => !after.has(name)).map((column) => whole(column, 'removed'))
  const rest = archived.flatMap((column) => {
    const old = before.get(column.name)
    return old === undefined ? [whole(column, 'added')] : [...changed(old, column), ...reference(old, column)]
  })
  return [...removed, ...rest]
}

function whole(column: ShapedColumn, effect: 'added' | 'removed'): FieldDiff {
  const refers = column.refersTo === null ? [] : [`refers to ${column.refersTo}`]
  const detail = [typeText(column), ...(column.required === true ? ['required'] : []), ...refers].join(', ')
  return { what: 'column', name: column.name, effect, detail, values: null }
}

function changed(old: ShapedColumn, column: ShapedColumn): FieldDiff[] {
  const words = [...changesOfType(old, column), ...changesOfRules(old, column)]
  if (words.length === 0) return []
  return [{ what: 'column', name: column.name, effect: 'changed', detail: words.join(', '), values: null }]
}

function reference({ refersTo: old }: ShapedColumn, { name, refersTo }: ShapedColumn): FieldDiff[] {
  if (old === refersTo) return []
  const common = { what: 'reference', name, values: null } as const
  if (old === null) return [{ ...common, effect: 'added', detail: `refers to ${refersTo}` }]
  if (refersTo === null) return [{ ...common, effect: 'removed', detail: `refers to ${old}` }]
  return [{ ...common, effect: 'changed', detail: `refers to ${old} → ${refersTo}` }]
}

function changesOfType(old: ShapedColumn, column: ShapedColumn): string[] {
  const isSame = typeText(old) === typeText(column)
  return [
    ...(isSame ? [] : [`${typeText(old)} → ${typeText(column)}`]),
    ...changedValues(old, column),
    ...arrow('format', old.format, column.format),
    ...silent('inner fields', old.children, column.children),
    ...silent('list size', old.list_size, column.list_size),
  ]
}

function changesOfRules(old: ShapedColumn, column: ShapedColumn): string[] {
  return [
    ...flag('required', old.required, column.required),
    ...flag('nullable', old.nullable, column.nullable),
    ...flag('sensitive', old.sensitive, column.sensitive),
    ...arrow('default', old.default, column.default),
    ...arrow('access', old.access, column.access),
    ...silent('filters', old.filters, column.filters),
    ...silent('description', old.description, column.description),
    ...silent('views', old.view, column.view),
  ]
}

function flag(word: string, old: boolean | undefined, now: boolean | undefined): string[] {
  if ((old ?? false) === (now ?? false)) return []
  return [`${now === true ? 'now' : 'no longer'} ${word}`]
}

function changedValues({ values: old = [] }: ShapedColumn, { values: now = [] }: ShapedColumn): string[] {
  return isDeepStrictEqual(old, now) ? [] : [`values ${toldList(old)} → ${toldList(now)}`]
}

type Told = ShapedColumn['default']

function arrow(word: string, old: Told, now: Told): string[] {
  return (old ?? '') === (now ?? '') ? [] : [`${word} ${told(old)} → ${told(now)}`]
}

function told(value: Told): string {
  const text = String(value ?? '')
  if (text === '') return 'none'
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX - 1)}…` : text
}

function toldList(values: readonly string[]): string {
  return told(values.length === 0 ? null : values.join(', '))
}

function silent(word: string, old: unknown, now: unknown): string[] {
  return isDeepStrictEqual(plain(old), plain(now)) ? [] : [`${word} changed`]
}

/** Without keys that say nothing: stored definitions do not have them. */
function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}
