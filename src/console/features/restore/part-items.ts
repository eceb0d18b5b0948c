import type { RowsMode } from '#api/contract/restore-scope.ts'
import type { Restore } from '#api/contract/restores.ts'

import { kindWords } from './diff-words.ts'
import { filesWords } from './part-words.ts'
import { type Parts, partsOfScope } from './parts.ts'

/** The rest is counted. */
const NAMES_MAX = 50

interface PartItem {
  label: string
  value: string
}

const ROWS: Record<RowsMode, string> = {
  replace: 'The tables were replaced',
  missing: 'Missing ones were put back; those that were there stayed',
  missing_and_changed: 'Missing and changed ones were put back; the others stayed',
}

const COLUMNS = 'Values in columns that the tables lack were left behind'

/** What is chosen beside tables, by kind, with all names. */
export function partItems({ apiGroups, constructs, files }: Parts): PartItem[] {
  const kinds = [...new Set(constructs.map(({ kind }) => kind))]
  return [
    ...named('API groups', apiGroups),
    ...kinds.flatMap((kind) => namesOfKind(kind, constructs)),
    ...(files === 'all' ? [{ label: 'Files', value: filesWords(files) }] : named('Files', files)),
  ]
}

/** What a restore brought, where that was not everything; an undo takes the same parts back. */
export function scopeItems({ scope, intoNew, undoOf }: Pick<Restore, 'scope' | 'intoNew' | 'undoOf'>): PartItem[] {
  const parts = partsOfScope(scope)
  if (parts === undefined) return []
  const hasMode = parts.tables.length > 0 && !intoNew && undoOf === null
  return [
    ...named('Tables', parts.tables),
    ...(hasMode ? [{ label: 'Rows', value: ROWS[parts.rows] }] : []),
    ...rowItems(parts),
    ...(parts.dropColumns && undoOf === null ? [{ label: 'Columns', value: COLUMNS }] : []),
    ...partItems(parts),
  ]
}

function rowItems({ rowIds }: Parts): PartItem[] {
  const lines = Object.entries(rowIds).map(([table, ids]) => `${table}: ${cut(ids)}`)
  return lines.length === 0 ? [] : [{ label: 'Only these rows', value: lines.join('; ') }]
}

function namesOfKind(kind: string, constructs: Parts['constructs']): PartItem[] {
  const names = constructs.filter((one) => one.kind === kind).map(({ name }) => name)
  return named(names.length === 1 ? kindWords(kind) : `${kindWords(kind)}s`, names)
}

function named(label: string, names: readonly string[]): PartItem[] {
  return names.length === 0 ? [] : [{ label, value: cut(names) }]
}

function cut(names: readonly string[]): string {
  const rest = names.length > NAMES_MAX ? ` and ${names.length - NAMES_MAX} more` : ''
  return `${names.slice(0, NAMES_MAX).join(', ')}${rest}`
}
