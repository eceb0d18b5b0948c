import type { RestoreScope } from '#api/contract/restore-scope.ts'

import { chooseParts } from '../../archive/choose-parts.ts'
import { chooseTables, requireTargets } from '../../archive/choose-tables.ts'
import type { Manifest } from '../../archive/manifest.ts'
import { chosenIds, findTable, requireMergeable, requireRows } from '../../archive/plan-merge.ts'
import { requireRowsToReplace } from '../../archive/plan-tables.ts'
import type { ReadApiGroup, ReadContents } from '../../archive/read-contents.ts'
import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { listDataSourceLabels, listDefinitions } from '../../tables/definition-store.ts'

export interface ReadArchive {
  manifest: Manifest
  contents: ReadContents
}

/** Where a restore goes, looked up. */
export interface Place {
  /** Null = a workspace that is made. */
  id: number | null
  name: string
  newBranch: string | null
}

/** Throws 400 naming the field where parts of a scope contradict each other, or where it goes. */
export function requireScopeFits(scope: RestoreScope, { id, newBranch }: Pick<Place, 'id' | 'newBranch'>): void {
  const { tables, rows, rowIds, files } = scope
  if (tables === undefined && rows !== 'replace') {
    throw invalidInput('rows', 'Only rows of chosen tables can be merged. Name the tables in tables.')
  }
  if (tables === undefined && rowIds !== undefined) {
    throw invalidInput('rowIds', 'Rows are chosen of tables that are chosen. Name their tables in tables.')
  }
  if (newBranch !== null && tables !== undefined) {
    throw invalidInput('tables', 'A new branch takes definitions, and tables belong to all branches. Leave them out.')
  }
  if (newBranch !== null && files !== undefined) {
    throw invalidInput('files', 'Stored files belong to the workspace, not to a branch of it. Leave them out.')
  }
  if (id === null && rows !== 'replace') {
    throw invalidInput('rows', 'A new workspace has no rows to merge with. Choose rows: "replace".')
  }
  requireColumnsFit(scope)
  requireRowIdsFit(scope)
}

function requireColumnsFit({ rows, dropColumns }: RestoreScope): void {
  if (dropColumns !== true || rows !== 'replace') return
  throw invalidInput(
    'dropColumns',
    'A table that is replaced gets the columns of the backup. Choose rows: "missing" or "missing_and_changed".',
  )
}

function requireRowIdsFit({ tables = [], rows, rowIds }: RestoreScope): void {
  if (rowIds === undefined) return
  if (rows === 'replace') {
    throw invalidInput(
      'rowIds',
      'A table that is replaced takes all its rows from the backup. Choose rows: "missing" or "missing_and_changed".',
    )
  }
  const chosen = new Set(tables.map((name) => name.toLowerCase()))
  const names = Object.keys(rowIds).map((name) => name.toLowerCase())
  const stray = Object.keys(rowIds).find((name) => !chosen.has(name.toLowerCase()))
  if (stray !== undefined) {
    throw invalidInput(`rowIds.${stray}`, `The table "${stray}" is not chosen. Name it in tables too.`)
  }
  const twice = names.find((name, at) => names.indexOf(name) < at)
  if (twice !== undefined) throw invalidInput(`rowIds.${twice}`, `The table "${twice}" is named twice in rowIds.`)
}

/**
 * What is chosen, by the names as the archive spells them; null = everything. `targetId` is the workspace that it goes
 * into and that is there. Throws 400 for what the archive does not hold and for tables that need others, 409 for rows
 * that do not fit the tables of now.
 */
export async function chooseScope(
  db: Db,
  archive: ReadArchive,
  { tables, rows, rowIds, dropColumns, apiGroups, constructs, files }: RestoreScope,
  targetId: number | null,
): Promise<RestoreScope | null> {
  if ([tables, apiGroups, constructs, files].every((part) => part === undefined)) return null
  const chosen = chooseParts(archive, { apiGroups, constructs, files })
  const scope: RestoreScope = { rows }
  if (tables !== undefined) {
    scope.tables = await chosenTables(db, archive, { names: tables, rows, rowIds }, targetId)
    if (rowIds !== undefined) scope.rowIds = rowIds
    if (dropColumns === true) scope.dropColumns = true
  }
  if (apiGroups !== undefined) scope.apiGroups = chosen.groups.map(({ name }) => name)
  if (constructs !== undefined) {
    scope.constructs = chosen.constructs.filter(({ group }) => group === null).map(({ kind, name }) => ({ kind, name }))
  }
  if (files !== undefined) scope.files = files === 'all' ? files : chosen.files.map(({ path }) => path)
  return scope
}

/** The groups of the archive that are chosen. */
export function groupsOf({ apiGroups }: ReadContents, scope: RestoreScope): ReadApiGroup[] {
  const names = new Set(scope.apiGroups)
  return apiGroups.filter(({ name }) => names.has(name))
}

interface Tables {
  names: readonly string[]
  rows: RestoreScope['rows']
  rowIds: RestoreScope['rowIds']
}

/** Names of the chosen tables as the archive spells them. */
async function chosenTables(
  db: Db,
  { manifest, contents: { definitions } }: ReadArchive,
  { names, rows, rowIds }: Tables,
  targetId: number | null,
): Promise<string[]> {
  const chosen = chooseTables(definitions, names)
  const now = targetId === null ? [] : await listDefinitions(db, targetId)
  requireTargets(definitions, chosen, new Set(now.map(({ name }) => name.toLowerCase())))
  const read = chosen.flatMap((at) => definitions[at] ?? [])
  if (rows === 'replace') {
    const isHere = ({ name }: { name: string }): boolean => findTable(now, name) !== undefined
    requireRowsToReplace(manifest, read.filter(isHere))
  }
  if (targetId !== null && rows !== 'replace') {
    requireRows(manifest, await listDataSourceLabels(db, targetId))
    for (const definition of read) {
      const live = findTable(now, definition.name)
      if (live !== undefined) requireMergeable(definition, live)
      chosenIds(definition, { rowIds })
    }
  }
  return read.map(({ name }) => name)
}

/** A scope as the audit log keeps it: names, and of what there can be thousands of only how many. */
export function shortScope({
  tables = [],
  rows,
  rowIds,
  dropColumns,
  apiGroups,
  constructs,
  files,
}: RestoreScope): object {
  const ids = Object.entries(rowIds ?? {}).map(([table, list]) => [table, list.length])
  return {
    tables,
    ...(rows === 'replace' ? {} : { rows }),
    ...(dropColumns === true ? { dropColumns } : {}),
    ...(ids.length === 0 ? {} : { chosenRows: Object.fromEntries(ids) as Record<string, number> }),
    ...(apiGroups === undefined ? {} : { apiGroups }),
    ...(constructs === undefined ? {} : { constructs: constructs.map(({ kind, name }) => `${kind} ${name}`) }),
    ...(files === undefined ? {} : { files: files === 'all' ? files : files.length }),
  }
}
