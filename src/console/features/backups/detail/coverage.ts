import type { ArchiveSummary } from '#api/contract/backups.ts'
import { formatCount } from '#console/lib/format.ts'

/** Archives of earlier formats hold constructs as published only. */
const DRAFTS_FROM_FORMAT = 3

export interface Coverage {
  inside: string[]
  /** What an archive can hold and what there was none of. */
  none: string[]
  /** What somebody would expect to be in it. */
  missing: string[]
  /** What no archive ever holds. */
  never: string[]
}

/** What no archive ever holds. */
const NEVER = [
  'Access tokens, members and sessions',
  'Backups, restores and the audit log',
  'Request history and the other histories',
]

/** Labels of more branches than these are counted. */
const NAMED_MAX = 3

/**
 * What an archive holds and, as important, what it does not. `branches` are the labels of the workspace's branches now,
 * undefined where they are not known: an archive tells of no branch but its own.
 */
export function coverageOf(summary: ArchiveSummary, branches: readonly string[] | undefined): Coverage {
  const contents = contentsOf(summary)
  const others = (branches ?? []).filter((label) => label !== summary.branch)
  const otherBranches = otherBranchWords(summary, others)
  // What is not known to be there is not called missing.
  const isMissing = others.length > 0
  return {
    inside: contents.filter(({ count }) => count > 0).map(({ words }) => words),
    none: contents.filter(({ count }) => count === 0).map(({ none }) => none),
    missing: [...missingOf(summary), ...(isMissing ? [otherBranches] : [])],
    never: [...(isMissing ? [] : [otherBranches]), ...NEVER],
  }
}

function otherBranchWords({ constructs, branch }: ArchiveSummary, others: readonly string[]): string {
  const what = constructs === null ? 'API groups' : 'API groups and constructs'
  if (others.length === 0) return `${what} of branches other than ${branch}`
  if (others.length > NAMED_MAX) return `${what} of ${others.length} other branches`
  return `${what} of the ${others.length === 1 ? 'branch' : 'branches'} ${others.join(', ')}`
}

/** One kind of contents: in words, and what is said where there was none of it. */
interface Content {
  count: number
  words: string
  none: string
}

function contentsOf(summary: ArchiveSummary): Content[] {
  const { apiGroups, constructs, includesRows, rows, format } = summary
  const tables = new Set(summary.tables.map(({ name }) => name)).size
  const contents: Content[] = [
    {
      count: tables,
      words: `${formatCount(tables, 'table')} with columns and indexes`,
      none: 'No tables: the workspace had none',
    },
    { count: apiGroups, words: apiGroupWords(summary), none: 'No API groups: the branch had none' },
  ]
  if (constructs !== null) {
    const words = constructWords(constructs, format)
    contents.push({ count: constructs, words, none: 'No constructs: the branch had none' })
  }
  if (includesRows && tables > 0) {
    const words = `${formatCount(rows, 'row')} of ${dataSources(summary)}`
    contents.push({ count: rows, words, none: 'No rows: the tables were empty' })
  }
  return [...contents, ...fileContent(summary)]
}

/** Where all that there were are lost, the other list says so. */
function fileContent({ includesFiles, files, filesLost }: ArchiveSummary): Content[] {
  if (!includesFiles || (files === 0 && filesLost > 0)) return []
  const words = formatCount(files, 'stored file')
  return [{ count: files, words, none: 'No stored files: the workspace had none' }]
}

function missingOf({ format, constructs, includesRows, includesFiles, filesLost }: ArchiveSummary): string[] {
  const missing: string[] = []
  if (!includesRows) missing.push('The rows of every table')
  if (!includesFiles) missing.push('Stored files')
  if (filesLost > 0) missing.push(`${formatCount(filesLost, 'stored file')} whose bytes the store had lost`)
  if (constructs === null)
    missing.push('Endpoints, functions, tasks, triggers and other constructs: the format of this archive knew none')
  else if (format < DRAFTS_FROM_FORMAT) missing.push('Drafts of constructs: the format of this archive knew none')
  return missing
}

/** `12 constructs with their drafts: endpoints, functions, tasks, triggers and the like`. */
function constructWords(count: number, format: number): string {
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
