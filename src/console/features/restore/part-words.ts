import type { ConstructName, RowsMode } from '#api/contract/restore-scope.ts'
import { formatCount } from '#console/lib/format.ts'

import { kindWords } from './diff-words.ts'
import type { Parts } from './parts.ts'
import { listWords } from './scope-words.ts'

/** Of more than these the parts are counted, not named. */
const NAMED_MAX = 4

const MODE_WORDS: Record<Exclude<RowsMode, 'replace'>, string> = {
  missing: 'missing rows of ',
  missing_and_changed: 'missing and changed rows of ',
}

/** `function sum`, `table trigger stamp`. */
export const constructWords = ({ kind, name }: ConstructName): string => `${kindWords(kind).toLowerCase()} ${name}`

/** `orders and users`, `missing rows of orders, API group Public and function sum`; many are counted by kind. */
export function partsWords(parts: Parts): string {
  const logic = logicNames(parts)
  const files = filesWords(parts.files)
  const isLong = parts.tables.length + logic.length > NAMED_MAX && logic.length > 0
  const tables = tableItems(parts, isLong ? formatCount(parts.tables.length, 'table') : undefined)
  return listAll([...tables, ...(isLong ? logicCounts(parts) : logic), ...(files === '' ? [] : [files])])
}

/** The same in the beginning of a sentence. A table keeps its name as it is written. */
export function partsTitle(parts: Parts): string {
  const words = partsWords(parts)
  const startsWithTable = parts.tables.length > 0 && parts.rows === 'replace'
  return startsWithTable ? words : words.charAt(0).toUpperCase() + words.slice(1)
}

/** `2 tables, 1 API group and 3 functions`: what is chosen, for where there is little room. */
export function partCounts(parts: Parts): string {
  const { tables, files } = parts
  const counted = tables.length === 0 ? [] : [formatCount(tables.length, 'table')]
  return listAll([...counted, ...logicCounts(parts), ...(files.length === 0 ? [] : [filesWords(files)])])
}

/** True where one says "it is" of them. */
export function isOnePart({ tables, apiGroups, constructs, files, rows, rowIds }: Parts): boolean {
  if (tables.length + apiGroups.length + constructs.length + (files.length === 0 ? 0 : 1) !== 1) return false
  if (tables.length === 0 || rows === 'replace') return files === 'all' ? false : files.length < 2
  return rowIds[tables[0] ?? '']?.length === 1
}

/** `API group Public`, `function sum`. */
export function logicNames({ apiGroups, constructs }: Pick<Parts, 'apiGroups' | 'constructs'>): string[] {
  return [...apiGroups.map((name) => `API group ${name}`), ...constructs.map(constructWords)]
}

/** `2 API groups`, `1 function`; constructs of several kinds are `3 constructs`. */
export function logicCounts({ apiGroups, constructs }: Pick<Parts, 'apiGroups' | 'constructs'>): string[] {
  const kinds = [...new Set(constructs.map(({ kind }) => kindWords(kind).toLowerCase()))]
  const noun = kinds.length === 1 ? (kinds[0] ?? '') : 'construct'
  return [
    ...(apiGroups.length === 0 ? [] : [formatCount(apiGroups.length, 'API group')]),
    ...(constructs.length === 0 ? [] : [formatCount(constructs.length, noun, pluralOf(noun))]),
  ]
}

const pluralOf = (noun: string): string => (noun === 'middleware' ? noun : `${noun}s`)

/** `3 stored files`, `all stored files`; nothing where none is chosen. */
export function filesWords(files: Parts['files']): string {
  if (files === 'all') return 'all stored files'
  return files.length === 0 ? '' : formatCount(files.length, 'stored file')
}

/** `2 rows of orders`, `missing rows of users`; a replaced table goes by its name. */
function tableItems({ tables, rows, rowIds }: Parts, counted: string | undefined): string[] {
  if (tables.length === 0) return []
  if (rows === 'replace') return [counted ?? listWords(tables)]
  const mode = MODE_WORDS[rows]
  if (counted !== undefined) return [`${mode}${counted}`]
  const single = tables.flatMap((table) => {
    const ids = rowIds[table]
    return ids === undefined ? [] : [`${formatCount(ids.length, 'row')} of ${table}`]
  })
  const others = tables.filter((table) => rowIds[table] === undefined)
  return [...single, ...(others.length === 0 ? [] : [`${mode}${listWords(others)}`])]
}

/** All of them, however many; an item may itself be a list. */
export function listAll(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}
