import type { ArchiveSummary } from '#api/contract/backups.ts'
import { formatCount } from '#console/lib/format.ts'

export interface Coverage {
  inside: string[]
  /** What somebody would expect to be in it. */
  missing: string[]
  /** What no archive ever holds. */
  never: string[]
}

/** What an archive holds and, as important, what it does not. */
export function coverageOf(summary: ArchiveSummary): Coverage {
  const tables = new Set(summary.tables.map(({ name }) => name)).size
  const inside = [`${formatCount(tables, 'table')} with columns and indexes`, apiGroupWords(summary)]
  const missing = [`API groups of branches other than ${summary.branch}`]
  const never = ['Access tokens, members and sessions', 'Backups, restores and the audit log']
  if (summary.includesRows) inside.push(`${formatCount(summary.rows, 'row')} of ${dataSources(summary)}`)
  else missing.unshift('The rows of every table')
  return { inside, missing, never }
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
