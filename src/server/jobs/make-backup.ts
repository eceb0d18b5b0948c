import { type BackupRow, NO_FACTS } from '../resources/backups/store.ts'
import { attemptBackup, freshStart, type MakeInput } from './attempt-backup.ts'
import { markCancelled, markFailed } from './mark-backup.ts'
import { failureOf, type JobDeps } from './run.ts'
import { showProgress } from './show-backup.ts'
import { Cancelled } from './watch-cancel.ts'

/**
 * Writes the archive of a backup, reads it back and marks the row `succeeded`, `warnings` or `looks_wrong`. When that
 * fails, nothing stays in the store, the row is marked `failed` or, after a cancellation, `cancelled`, and the error is
 * thrown. For whoever needs a backup in the middle of something else; the row is there already and says `running`.
 */
export async function makeBackup(deps: JobDeps, row: BackupRow, input: MakeInput): Promise<void> {
  try {
    await showProgress(deps, row.id, freshStart(1, deps.now()), NO_FACTS)
    await attemptBackup(deps, row, input)
  } catch (error) {
    const isCancelled = error instanceof Cancelled || input.signal.aborted
    await (isCancelled ? markCancelled(deps, row.id) : markFailed(deps, row.id, failureOf(error)))
    throw error
  }
}
