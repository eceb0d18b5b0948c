import type { ConstructName, RestoreScope, RowsMode } from '#api/contract/restore-scope.ts'

import type { Target } from './target.ts'

/** What of an archive is chosen; nothing in it = still to be chosen. */
export interface Parts {
  tables: readonly string[]
  apiGroups: readonly string[]
  /** Functions, tasks, addons and so on: what belongs to no API group. */
  constructs: readonly ConstructName[]
  files: 'all' | readonly string[]
  /** What becomes of the rows of the chosen tables that are there. */
  rows: RowsMode
  /** Ids of rows by table: of that table only these. */
  rowIds: Readonly<Record<string, readonly string[]>>
  /** Values of merged rows in columns that their table has not are left behind. */
  dropColumns: boolean
}

export const NO_PARTS: Parts = {
  tables: [],
  apiGroups: [],
  constructs: [],
  files: [],
  rows: 'replace',
  rowIds: {},
  dropColumns: false,
}

export const hasParts = ({ tables, apiGroups, constructs, files }: Parts): boolean =>
  tables.length + apiGroups.length + constructs.length + files.length > 0

/** True where API groups or constructs are chosen. */
export const hasLogic = (parts: Parts | undefined): boolean =>
  parts !== undefined && parts.apiGroups.length + parts.constructs.length > 0

/** Keeps what the target can take: a branch definitions only, and rows meet others only in a workspace that is there. */
export function partsFor(parts: Parts | undefined, target: Target | undefined): Parts | undefined {
  if (parts === undefined || target === undefined) return parts
  if (target.kind === 'branch') return { ...NO_PARTS, apiGroups: parts.apiGroups, constructs: parts.constructs }
  return target.kind === 'new' ? withRows(parts, 'replace') : parts
}

/** The scope of a restore as the server tells it; null = everything. */
export function partsOfScope(scope: RestoreScope | null): Parts | undefined {
  if (scope === null) return undefined
  const { tables = [], apiGroups = [], constructs = [], files = [], rows, rowIds = {}, dropColumns = false } = scope
  const ids = Object.entries(rowIds).map(([table, list]) => [table, list.map(String)] as const)
  return { tables, apiGroups, constructs, files, rows, rowIds: Object.fromEntries(ids), dropColumns }
}

/** What is asked of the server. */
export function scopeOf(parts: Parts | undefined): Partial<RestoreScope> {
  if (parts === undefined) return {}
  const { apiGroups, constructs, files } = parts
  return {
    ...(parts.tables.length > 0 && tableScope(parts)),
    ...(apiGroups.length > 0 && { apiGroups: [...apiGroups] }),
    ...(constructs.length > 0 && { constructs: [...constructs] }),
    ...(files.length > 0 && { files: files === 'all' ? files : [...files] }),
  }
}

function tableScope({ tables, rows, rowIds, dropColumns }: Parts): Partial<RestoreScope> {
  if (rows === 'replace') return { tables: [...tables] }
  const ids = Object.entries(rowIds).map(([table, list]) => [table, list.map(toId)] as const)
  return {
    tables: [...tables],
    rows,
    ...(ids.length > 0 && { rowIds: Object.fromEntries(ids) }),
    ...(dropColumns && { dropColumns }),
  }
}

/** Ids are numbers or texts, as the table has it; a number too large to be one stays a text. */
function toId(id: string): number | string {
  return /^\d+$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id
}

/** The chosen tables; ids and the rows' mode go with them. That columns are left behind was said of the tables before. */
export function withTables(parts: Parts, tables: readonly string[]): Parts {
  const ids = Object.entries(parts.rowIds).filter(([table]) => tables.includes(table))
  const rows = tables.length === 0 ? 'replace' : parts.rows
  return { ...parts, tables, rowIds: Object.fromEntries(ids), rows, dropColumns: false }
}

/** A table that is replaced has no chosen rows, and all columns of the backup. */
export function withRows(parts: Parts, rows: RowsMode): Parts {
  return rows === 'replace' ? { ...parts, rows, rowIds: {}, dropColumns: false } : { ...parts, rows }
}

/** Of a table only these rows; none = all of them again. */
export function withRowIds(parts: Parts, table: string, ids: readonly string[]): Parts {
  const { [table]: _before, ...others } = parts.rowIds
  return { ...parts, rowIds: ids.length === 0 ? others : { ...others, [table]: [...new Set(ids)] } }
}

/** Ids as they are typed, between commas, spaces or lines. */
export function readIds(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((id) => id !== ''))]
}

export const constructKey = ({ kind, name }: ConstructName): string => `${kind}:${name}`
