import { badArchive, corrupted } from '../../archive/archive-error.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { JobQueue } from '../../jobs/queue.ts'
import { isUntouched, sourceOf } from './open-backup.ts'
import { type BackupRow, findBackup } from './store.ts'
import { queueVerification, SMALL_BYTES } from './verify-backup.ts'

type ReadDeps = Pick<Deps, 'connection' | 'targets' | 'vault' | 'hub' | 'now' | 'log'> & {
  jobs: Pick<JobQueue, 'enqueue'>
}

interface Reading {
  row: BackupRow
  /** The password that was given; empty = the one that is kept with the backup, if any. */
  password: string
  /** Once aborted, what broke says nothing of the archive. */
  signal?: AbortSignal
  /** True where somebody waits for the answer: a large archive is not read whole to judge the password they typed. */
  isHasty?: boolean
}

/**
 * Does what reads the stored archive of a backup. Where that fails and the stored bytes are not the noted ones, throws
 * `bad_archive` with that as the reason, whatever looked wrong first, and has the backup verified, so that it is listed
 * as damaged and people are told.
 */
export async function explainDamage<Result>(
  deps: ReadDeps,
  reading: Reading,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!mayBeDamage(reading, error) || !(await isChanged(deps, reading.row))) throw error
    await queueCheck(deps, reading)
    throw corrupted('the stored bytes are not the ones that were written', error)
  }
}

/** For jobs: throws `bad_archive`, which no further attempt helps, where a backup was found damaged since they were begun. */
export function requireUndamaged({ status }: Pick<BackupRow, 'status'>): void {
  if (status === 'failed') {
    throw badArchive('corrupted', 'The backup was found damaged before this began. Use another backup.')
  }
}

function mayBeDamage({ row, password, signal, isHasty }: Reading, error: unknown): boolean {
  if (!(error instanceof AppError) || row.sha256 === null || signal?.aborted === true) return false
  if (error.code !== 'wrong_password') return error.code === 'bad_archive'
  const isTyped = password !== '' || row.sealed_password === null
  return !(isTyped && isHasty === true && row.bytes > SMALL_BYTES)
}

async function isChanged(deps: ReadDeps, row: BackupRow): Promise<boolean> {
  try {
    return !(await isUntouched(row, await sourceOf(deps, row)))
  } catch {
    // The target went away: nothing more can be told than what was seen first.
    return false
  }
}

/** What was found is told in any case, whether the check can be queued or not. */
async function queueCheck(deps: ReadDeps, { row: { id }, password }: Reading): Promise<void> {
  try {
    const row = await findBackup(deps.connection.db, id)
    if (row !== undefined) await queueVerification(deps, row, { given: password, by: null })
  } catch (error) {
    deps.log.warn({ err: error, backupId: id }, 'a backup that was found damaged could not be verified')
  }
}
