import type { Coverage } from './manifest.ts'
import type { WorkspaceContents } from './snapshot.ts'

/** What an archive of this release never holds. */
const NEVER_INCLUDED: Coverage['missing'] = [
  {
    what: 'Access tokens, members and sessions',
    why: 'They belong to the instance and are never touched by a restore.',
  },
  { what: 'Backups, restores and the audit log', why: 'They belong to the instance.' },
  { what: 'Request history and the other histories', why: 'They are kept for a short time only.' },
  { what: 'API groups and constructs of other branches', why: 'An archive holds one branch.' },
]

/** Names of lost files that are told; the rest are counted. */
const NAMES_MAX = 20

/** What was written beside the definitions. */
interface Written {
  includesRows: boolean
  rows: number
  includesFiles: boolean
  files: number
  /** Names of stored files whose bytes were not there. */
  lost: readonly string[]
}

/** The coverage sheet of an archive: what is in it and what is not. */
export function coverageOf(contents: WorkspaceContents, written: Written): Coverage {
  const { definitions, apiGroups, constructs, dataSources, branch } = contents
  const included = [
    { what: 'Workspace and realtime settings', count: null },
    { what: `Branch ${branch.label}`, count: null },
    { what: 'Tables with columns and indexes', count: definitions.length },
    { what: 'API groups', count: apiGroups.length },
    { what: 'Constructs (endpoints, functions, tasks, triggers and the like), as published', count: constructs.length },
  ]
  const drafts = constructs.filter(({ draft }) => draft !== null).length
  if (drafts > 0) included.push({ what: 'Drafts of constructs', count: drafts })
  if (written.includesRows) {
    included.push({ what: 'Data sources', count: dataSources.length }, { what: 'Rows', count: written.rows })
  }
  if (written.includesFiles) included.push({ what: 'Stored files', count: written.files })
  return { included, missing: [...missingOf(contents, written), ...NEVER_INCLUDED] }
}

function missingOf({ files }: WorkspaceContents, written: Written): Coverage['missing'] {
  const missing: Coverage['missing'] = []
  if (!written.includesRows) missing.push({ what: 'Rows', why: 'The archive was made without them.' })
  if (!written.includesFiles) {
    missing.push({ what: `Stored files (${files.length})`, why: 'The archive was made without them.' })
  }
  if (written.lost.length > 0) {
    missing.push({
      what: `Stored files whose bytes are lost (${written.lost.length}): ${namesOf(written.lost)}`,
      why: 'The store of the instance does not have them, or not all of their bytes.',
    })
  }
  return missing
}

function namesOf(names: readonly string[]): string {
  return names.length > NAMES_MAX ? `${names.slice(0, NAMES_MAX).join(', ')} and others` : names.join(', ')
}
