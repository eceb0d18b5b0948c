import type { StageTime, Verification } from '#api/contract/backups.ts'

import { summaryOf } from '../archive/manifest.ts'
import { readEarlierRuns } from '../resources/backups/earlier-runs.ts'
import { readFacts } from '../resources/backups/facts.ts'
import { saveManifest } from '../resources/backups/manifest-store.ts'
import { type BackupChange, type BackupRow, findBackup, NO_FACTS, objectName } from '../resources/backups/store.ts'
import { BackupFigures } from './backup-figures.ts'
import { judgeBackup, type Judgement } from './judge-backup.ts'
import { createProgress } from './progress.ts'
import type { JobDeps } from './run.ts'
import { announce, showProgress } from './show-backup.ts'
import { storeArchive, type StoredArchive } from './store-archive.ts'
import { Cancelled, watchCancel } from './watch-cancel.ts'

export interface MakeInput {
  /** Empty = not encrypted. */
  password: string
  /** Its reason says why the run ends early: `Cancelled`, `HandedBack`, or that whoever asked for it may not any more. */
  signal: AbortSignal
  /** Told of each change of the row after it was written, some times a second. */
  onChange?: (change: BackupChange) => void
}

/** The row as an attempt at it begins. */
export function freshStart(attempt: number, now: Date): BackupChange {
  return {
    status: 'running',
    stage: 'definitions',
    current: null,
    tables_done: 0,
    tables_total: null,
    rows: 0,
    bytes: 0,
    attempt,
    next_attempt_at: null,
    started_at: now,
    finished_at: null,
    failure: null,
    object_name: null,
    sha256: null,
    stages: '[]',
    warnings: '[]',
  }
}

/**
 * One attempt at a backup: writes its archive, reads it back, and marks the row with how it looks beside earlier runs.
 * When it throws, nothing of it stays in the store, and the row still says that it runs: the caller marks it. Throws
 * `Cancelled` where somebody asked for its end, the signal's reason where that was aborted.
 */
export async function attemptBackup(deps: JobDeps, row: BackupRow, input: MakeInput): Promise<Judgement> {
  const { connection, log, now } = deps
  const facts = (await readFacts(connection.db, [row.id])).get(row.id) ?? NO_FACTS
  const progress = createProgress<BackupChange>(
    async (change) => {
      const shown = { ...change, stages: JSON.stringify(figures.stages) }
      await showProgress(deps, row.id, shown, facts)
      input.onChange?.(shown)
    },
    (error) => log.warn({ err: error, backupId: row.id }, 'the progress of a backup could not be written'),
  )
  const figures = new BackupFigures(now, (change) => progress.note(change))
  try {
    const judgement = await watchCancel(
      connection.db,
      { table: 'backup', id: row.id },
      input.signal,
      async (signal) => {
        const stored = await storeArchive(deps, row, objectName(row), { password: input.password, signal, figures })
        signal.throwIfAborted()
        await progress.stop()
        figures.end()
        return markWhole(deps, row, stored, figures)
      },
    )
    await announce(deps, row.id)
    return judgement
  } catch (error) {
    await progress.stop()
    await removeLeftover(deps, row)
    throw error
  }
}

async function markWhole(
  { connection: { db }, now }: JobDeps,
  row: BackupRow,
  { bytes, sha256, manifest }: StoredArchive,
  figures: BackupFigures,
): Promise<Judgement> {
  const summary = summaryOf(manifest)
  const run = { bytes, rows: summary.rows, tables: summary.tables, filesLost: summary.filesLost }
  const judgement = judgeBackup(run, row.kind === 'safety' ? [] : await readEarlierRuns(db, row))
  const at = now()
  await db.transaction().execute(async (trx) => {
    await saveManifest(trx, row.id, manifest)
    const marked = await trx
      .updateTable('backup')
      .set({
        bytes,
        sha256,
        object_name: objectName(row),
        rows: summary.rows,
        tables_done: manifest.counts.tables,
        tables_total: manifest.counts.tables,
        summary: JSON.stringify(summary),
        status: judgement.status,
        warnings: JSON.stringify(judgement.warnings),
        stages: JSON.stringify(figures.stages),
        stage: 'done',
        current: null,
        finished_at: at,
        verified_at: at,
        verification: JSON.stringify(readBackAs(figures.stages, { at, rows: summary.rows, bytes })),
        password_proven_at: row.encrypted ? at : null,
      })
      .where('id', '=', row.id)
      .where('is_cancelled', '=', false)
      .returning('id')
      .executeTakeFirst()
    // Somebody asked for its end at the last moment and was told that it ends.
    if (marked === undefined) throw new Cancelled()
  })
  return judgement
}

/** Reading back what was written is a verification like any other. */
function readBackAs(
  stages: readonly StageTime[],
  { at, rows, bytes }: { at: Date; rows: number; bytes: number },
): Verification {
  const ms = stages.find(({ stage }) => stage === 'verifying')?.ms ?? null
  return { status: 'proven', depth: 'content', at: at.toISOString(), ms, rows, bytes, failure: null }
}

/**
 * Deletes what a failed attempt stored. Never where the row names it, because the last statement went through although
 * its answer was lost; and where that cannot be told, the next attempt writes over it.
 */
async function removeLeftover({ connection, targets, log }: JobDeps, row: BackupRow): Promise<void> {
  try {
    const known = await findBackup(connection.db, row.id)
    if (known?.object_name != null) return
    await (await targets.open(row.target_id)).delete(objectName(row))
  } catch (error) {
    log.warn({ err: error, backupId: row.id }, 'what a failed backup may have stored could not be deleted')
  }
}
