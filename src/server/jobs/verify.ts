import type { Failure, Verification } from '#api/contract/backups.ts'

import { type BackupRow, findBackup, isUnderWay, updateBackup } from '../resources/backups/store.ts'
import { checkStored } from './check-stored.ts'
import { markVerified, type VerifiedAs } from './mark-verified.ts'
import { createProgress } from './progress.ts'
import type { JobPayloads } from './queue.ts'
import {
  failureOf,
  HandedBack,
  isFinal,
  type JobDeps,
  jobLock,
  type JobRun,
  openPassword,
  TryAgain,
  withJobLock,
} from './run.ts'
import { Cancelled, watchCancel } from './watch-cancel.ts'

type VerifyRun = JobRun<JobPayloads['verify']>

/**
 * Reads a stored archive back. With its password (given, or kept by the server) the contents are proven, without it only
 * the bytes. An uploaded archive that waits for this is listed as good or removed. A target that is away is tried again.
 */
export async function runVerify(deps: JobDeps, run: VerifyRun): Promise<void> {
  const { backupId } = run.payload
  await withJobLock(deps, jobLock('verify', backupId), async () => {
    const row = await findBackup(deps.connection.db, backupId)
    if (row === undefined || row.object_name === null || (isUnderWay(row) && row.kind !== 'uploaded')) return
    await verify(deps, row, row.object_name, run)
  })
}

async function verify(deps: JobDeps, row: BackupRow, name: string, run: VerifyRun): Promise<void> {
  const begun: Verification = {
    status: 'running',
    depth: 'content',
    at: deps.now().toISOString(),
    ms: null,
    rows: 0,
    bytes: 0,
    failure: null,
  }
  const { db } = deps.connection
  const progress = createProgress<Partial<Verification>>(
    async (done) => void (await updateBackup(db, row.id, { verification: JSON.stringify(Object.assign(begun, done)) })),
    (error) => deps.log.warn({ err: error, backupId: row.id }, 'the progress of a verification could not be written'),
  )
  const end = async (as: VerifiedAs): Promise<void> => {
    await progress.stop()
    await markVerified(deps, row, { ...begun, ...last }, as)
  }
  const last: { rows?: number; bytes?: number } = {}
  const onProgress = (done: { rows?: number; bytes?: number }): void => progress.note(Object.assign(last, done))
  try {
    const password = passwordFor(deps, row, run)
    begun.depth = password === undefined ? 'bytes' : 'content'
    await updateBackup(db, row.id, { verification: JSON.stringify(begun) })
    const finding = await watchCancel(db, { table: 'backup', id: row.id }, run.signal, (signal) =>
      checkStored(deps, row, { name, password, signal, onProgress }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error
      }),
    )
    await end(finding.isWhole ? { status: 'proven', ...finding } : { status: 'disproven', failure: finding.failure })
  } catch (error) {
    await progress.stop()
    await settle(deps, row, run, { error, end, begun })
  }
}

/** Undefined = encrypted, and nobody knows the password. */
function passwordFor(deps: JobDeps, row: BackupRow, { payload }: VerifyRun): string | undefined {
  const sealed = payload.sealedPassword ?? row.sealed_password
  if (sealed !== null) return openPassword(deps, sealed)
  return row.encrypted ? undefined : ''
}

interface Ending {
  error: unknown
  end: (as: VerifiedAs) => Promise<void>
  begun: Verification
}

/** Ends what cannot be told, or hands the job back to be tried again. */
async function settle(deps: JobDeps, row: BackupRow, run: VerifyRun, { error, end, begun }: Ending): Promise<void> {
  if (error instanceof Cancelled) return end({ status: 'cancelled', failure: null })
  if (run.signal.aborted) throw new HandedBack()
  const failure: Failure = failureOf(error)
  if (isFinal(error) || run.isLastAttempt) {
    deps.log.error({ err: error, backupId: row.id }, 'a backup could not be verified')
    return end({ status: 'unreachable', failure })
  }
  deps.log.warn({ err: error, backupId: row.id }, 'a backup could not be verified and will be tried again')
  await updateBackup(deps.connection.db, row.id, { verification: JSON.stringify({ ...begun, failure }) })
  throw new TryAgain('The verification failed and will be tried again')
}
