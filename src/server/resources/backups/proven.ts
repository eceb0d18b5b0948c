import { type Manifest, summaryOf } from '../../archive/manifest.ts'
import type { BackupChange, BackupRow } from './store.ts'

/** What becomes known of a backup by reading its archive whole, with its password. */
export function provenChange(row: BackupRow, manifest: Manifest, sha256: string, at: Date): BackupChange {
  const summary = summaryOf(manifest)
  return {
    ...goodAgain(row),
    summary: JSON.stringify(summary),
    sha256,
    rows: summary.rows,
    workspace_name: row.workspace_id === null ? summary.workspace : row.workspace_name,
    branch: summary.branch,
    definition_only: !summary.includesRows,
    includes_files: summary.includesFiles,
    tables_done: manifest.counts.tables,
    tables_total: manifest.counts.tables,
    verified_at: at,
    password_proven_at: row.encrypted ? at : null,
  }
}

/** The state of a backup that is whole, whatever it was thought to be before. */
export function goodAgain({ status, warnings }: Pick<BackupRow, 'status' | 'warnings'>): BackupChange {
  if (status !== 'failed' && status !== 'running' && status !== 'warnings') return { status }
  const left = warnings.filter(({ code }) => code !== 'unproven')
  return { status: left.length > 0 ? 'warnings' : 'succeeded', warnings: JSON.stringify(left), failure: null }
}
