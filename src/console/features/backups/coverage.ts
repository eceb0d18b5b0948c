import type { ArchiveSummary } from '#api/contract/backups.ts'
import { formatCount } from '#console/lib/format.ts'

/** Archives of earlier formats hold constructs as published only. */
const DRAFTS_FROM_FORMAT = 3

export interface Coverage {
  inside: string[]
  /** What somebody would expect to be in it. */
  missing: string[]
  /** What no archive ever holds. */
  never: string[]
}

/** What an archive holds and, as important, what it does not. */
export function coverageOf(summary: ArchiveSummary): Coverage {
  const never = [
    'Access tokens, members and sessions',
    'Backups, restores and the audit log',
    'Request history and the other histories',
  ]
  return { inside: insideOf(summary), missing: missingOf(summary), never }
}

function insideOf(summary: ArchiveSummary): string[] {
  const { constructs, includesRows, includesFiles, format } = summary
  const tables = new Set(summary.tables.map(({ name }) => name)).size
  const inside = [`${formatCount(tables, 'table')} with columns and indexes`, apiGroupWords(summary)]
  if (constructs !== null) inside.push(constructWords(constructs, format))
  if (includesRows) inside.push(`${formatCount(summary.rows, 'row')} of ${dataSources(summary)}`)
  if (includesFiles) inside.push(formatCount(summary.files, 'stored file'))
  return inside
}

function missingOf({ format, branch, constructs, includesRows, includesFiles, filesLost }: ArchiveSummary): string[] {
  const missing: string[] = []
  if (!includesRows) missing.push('The rows of every table')
  if (!includesFiles) missing.push('Stored files')
  if (filesLost > 0) missing.push(`${formatCount(filesLost, 'stored file')} whose bytes the store had lost`)
  if (constructs === null)
    missing.push('Endpoints, functions, tasks, triggers and other constructs: the format of this archive knew none')
  else if (format < DRAFTS_FROM_FORMAT) missing.push('Drafts of constructs: the format of this archive knew none')
  missing.push(
    constructs === null
      ? `API groups of branches other than ${branch}`
      : `API groups and constructs of branches other than ${branch}`,
  )
  return missing
}

/** `12 constructs with their drafts: endpoints, functions, tasks, triggers and the like`. */
function constructWords(count: number, format: number): string {
  if (count === 0) return 'No constructs: the branch had none'
  const how = format < DRAFTS_FROM_FORMAT ? 'as published' : 'with their drafts'
  return `${formatCount(count, 'construct')} ${how}: endpoints, functions, tasks, triggers and the like`
}

function dataSources({ tables }: ArchiveSummary): string {
  const names = [...new Set(tables.map(({ dataSource }) => dataSource))]
  if (names.length === 0) return 'the data sources'
  return names.length === 1 ? `the data source ${names[0] ?? ''}` : `the data sources ${names.join(', ')}`
}

function apiGroupWords({ apiGroups, apiGroupNames }: ArchiveSummary): string {
  const count = formatCount(apiGroups, 'API group')
  return apiGroupNames.length === 0 ? count : `${count}: ${apiGroupNames.join(', ')}`
}
