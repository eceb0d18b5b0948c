import { sql } from 'kysely'

import type { Failure, Verification } from '#api/contract/backups.ts'

import { begunVerification } from '../resources/backups/content-proof.ts'
import { type BackupRow, findBackup, isUnderWay } from '../resources/backups/store.ts'
import { checkStored } from './check-stored.ts'
import { markVerified, type VerifiedAs } from './mark-verified.ts'
import { type OwnReading, watchReading, writeReading } from './own-reading.ts'
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
import { type AskedFor, verifyNeeds, whileAllowed } from './still-allowed.ts'
import { hasJob } from './sweep.ts'
import { Cancelled } from './watch-cancel.ts'

type VerifyRun = JobRun<JobPayloads['verify']>

/**
 * Reads a stored archive back. With its password (given, or kept by the server) the contents are proven, without it only
 * the bytes. An uploaded archive that waits for this is listed as good or removed. A target that is away is tried again.
 * Somebody may cancel it at any moment; what was known of the backup before stays.
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
  const sealed = run.payload.sealedPassword ?? row.sealed_password
  const isOpenable = sealed !== null || !row.encrypted
  const begun: Verification = begunVerification(row.verification, isOpenable ? 'content' : 'bytes', deps.now())
  const own: OwnReading = { work: 'verify', backupId: row.id, at: begun.at }
  const { db } = deps.connection
  const progress = createProgress<Partial<Verification>>(
    async (done) => void (await writeReading(db, own, Object.assign(begun, done))),
    (error) => deps.log.warn({ err: error, backupId: row.id }, 'the progress of a verification could not be written'),
  )
  const end = async (as: VerifiedAs): Promise<void> => {
    await progress.stop()
    await markVerified(deps, row, { ...begun, ...last }, as)
  }
  const last: { rows?: number; bytes?: number } = {}
  const onProgress = (done: { rows?: number; bytes?: number }): void => progress.note(Object.assign(last, done))
  try {
    if (!(await begin(deps, row.id, begun))) return
    const finding = await whileAllowed(deps, askedFor(row, run), run.signal, (allowed) => {
      const password = isOpenable ? openPassword(deps, sealed) : undefined
      return watchReading(db, own, allowed, (signal) => checkStored(deps, row, { name, password, signal, onProgress }))
    })
    await end(finding.isWhole ? { status: 'proven', ...finding } : { status: 'disproven', failure: finding.failure })
  } catch (error) {
    await progress.stop()
    await settle(deps, row, run, { error, end, begun })
  }
}

/** What is known of the backup stays as it was; of an archive that is just arriving nothing stays. */
function askedFor(row: BackupRow, run: VerifyRun): AskedFor {
  const isArriving = isUnderWay(row)
  const rest = isArriving ? 'nothing of the archive that was arriving stays' : 'what was known of the backup stays'
  const stopped = `The verification was stopped, and ${rest}`
  return { by: run.payload.by, needs: verifyNeeds(row, isArriving), stopped }
}

/**
 * Writes that it runs; false where it was cancelled after a worker had taken the job: then the queue has none any more.
 */
async function begin({ connection: { db } }: JobDeps, backupId: number, begun: Verification): Promise<boolean> {
  const { rows } = await sql`
    update metadeck.backup item set verification = ${JSON.stringify(begun)}::jsonb
    where id = ${backupId} and (verification->>'status' is distinct from 'cancelled' or ${hasJob('verify')})
    returning id`.execute(db)
  return rows.length > 0
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
  const own: OwnReading = { work: 'verify', backupId: row.id, at: begun.at }
  if (!(await writeReading(deps.connection.db, own, { ...begun, failure }))) return
  throw new TryAgain('The verification failed and will be tried again')
}
