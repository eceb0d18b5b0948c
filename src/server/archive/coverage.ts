import type { Coverage } from './manifest.ts'
import type { WorkspaceContents } from './snapshot.ts'

/** What an archive of this release never holds. */
const NEVER_INCLUDED: Coverage['missing'] = [
  {
    what: 'Access tokens, members and sessions',
    why: 'They belong to the instance and are never touched by a restore.',
  },
  { what: 'Backups, restores and the audit log', why: 'They belong to the instance.' },
  { what: 'API groups of other branches', why: 'An archive holds one branch.' },
]

/** The coverage sheet of an archive: what is in it and what is not. */
export function coverageOf(contents: WorkspaceContents, includesRows: boolean, rows: number): Coverage {
  return {
    included: [
      { what: 'Workspace settings', count: null },
      { what: `Branch ${contents.branch.label}`, count: null },
      { what: 'Tables with columns and indexes', count: contents.definitions.length },
      { what: 'API groups', count: contents.apiGroups.length },
      ...(includesRows
        ? [
            { what: 'Data sources', count: contents.dataSources.length },
            { what: 'Rows', count: rows },
          ]
        : []),
    ],
    missing: [
      ...(includesRows ? [] : [{ what: 'Rows', why: 'The archive was made without them.' }]),
      ...NEVER_INCLUDED,
    ],
  }
}
