import { RowsMode } from '#api/contract/restore-scope.ts'

import { NO_PARTS, type Parts } from './parts.ts'

const KEYS = ['tables', 'group', 'construct', 'file', 'files'] as const

/**
 * The chosen parts as the address has them; undefined = everything. `tables=orders`, `group=Public`,
 * `construct=function:sum`, `file=a.png` or `files=all`, `rows=missing`, `ids=orders:1,2`,
 * `drop=columns`.
 */
export function readParts(params: URLSearchParams): Parts | undefined {
  if (!KEYS.some((key) => params.has(key))) return undefined
  const all = (key: string): string[] => [...new Set(params.getAll(key).filter((value) => value !== ''))]
  const tables = all('tables')
  const mode = RowsMode.safeParse(params.get('rows'))
  const rows = mode.success && tables.length > 0 ? mode.data : 'replace'
  return {
    ...NO_PARTS,
    tables,
    apiGroups: all('group'),
    constructs: all('construct').flatMap((pair) => {
      const [kind, name] = splitAt(pair, pair.indexOf(':'))
      return kind === '' || name === '' ? [] : [{ kind, name }]
    }),
    files: params.get('files') === 'all' ? 'all' : all('file'),
    rows,
    rowIds: rows === 'replace' ? {} : readRowIds(all('ids'), tables),
    dropColumns: rows !== 'replace' && params.get('drop') === 'columns',
  }
}

function readRowIds(pairs: readonly string[], tables: readonly string[]): Parts['rowIds'] {
  const entries = pairs.flatMap((pair) => {
    // An id has no colon; a table's name may.
    const [table, list] = splitAt(pair, pair.lastIndexOf(':'))
    const ids = list.split(',').filter((id) => id !== '')
    return ids.length === 0 || !tables.includes(table) ? [] : [[table, ids] as const]
  })
  return Object.fromEntries(entries)
}

export function writeParts(params: URLSearchParams, parts: Parts | undefined): void {
  if (parts === undefined) return
  const { tables, apiGroups, constructs, files, rows, rowIds, dropColumns } = parts
  for (const name of tables) params.append('tables', name)
  for (const name of apiGroups) params.append('group', name)
  for (const { kind, name } of constructs) params.append('construct', `${kind}:${name}`)
  if (files === 'all') params.set('files', 'all')
  else for (const path of files) params.append('file', path)
  if (rows !== 'replace') params.set('rows', rows)
  for (const [table, ids] of Object.entries(rowIds)) params.append('ids', `${table}:${ids.join(',')}`)
  if (dropColumns) params.set('drop', 'columns')
  // One empty name stands for a choice that was not made yet.
  if (!KEYS.some((key) => params.has(key))) params.set('tables', '')
}

function splitAt(text: string, place: number): [string, string] {
  return place < 0 ? ['', ''] : [text.slice(0, place), text.slice(place + 1)]
}
