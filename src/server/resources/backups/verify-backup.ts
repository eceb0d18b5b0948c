import { setTimeout as sleep } from 'node:timers/promises'

import { provePassword } from '../../archive/envelope.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { JobQueue } from '../../jobs/queue.ts'
import type { Lender } from '../schedules/lent-rights.ts'
import { begunVerification } from './content-proof.ts'
import { isUntouched } from './open-backup.ts'
import { type BackupRow, findBackup, salvageableObject, updateBackup } from './store.ts'

/** How long a request waits for the end of a verification. */
const WAIT_MS = 8_000
const LOOK_MS = 100
/** Up to this size it is told at once whether a password is wrong or the archive is damaged where it is tried. */
export const SMALL_BYTES = 67_108_864

type QueueDeps = Pick<Deps, 'connection' | 'vault' | 'hub' | 'now'> & { jobs: Pick<JobQueue, 'enqueue'> }

/** The password that was given (empty = none), and with whose rights it is done; null = the server does it by itself. */
interface Asked {
  given: string
  by: Lender | null
}

/**
 * Puts a verification of a stored archive into the queue, unless one is there. Throws 409 where there is no archive,
 * `wrong_password` where the one that was given does not open it.
 */
export async function startVerification(
  deps: QueueDeps & Pick<Deps, 'targets'>,
  row: BackupRow,
  asked: Asked,
): Promise<void> {
  const name = salvageableObject(row)
  if (row.verification?.status === 'running') return
  if (row.encrypted && asked.given !== '') await requirePassword(deps, row, name, asked.given)
  await queueVerification(deps, row, asked)
}

/** The same of an archive that is known to be there, without a look at the password. */
export async function queueVerification(
  { connection, jobs, vault, hub, now }: QueueDeps,
  row: BackupRow,
  { given, by }: Asked,
): Promise<void> {
  if (row.verification?.status === 'running') return
  const depth = row.encrypted && given === '' && row.sealed_password === null ? 'bytes' : 'content'
  const waiting = begunVerification(row.verification, depth, now())
  await connection.db.transaction().execute(async (trx) => {
    await updateBackup(trx, row.id, { verification: JSON.stringify(waiting) })
    const sealedPassword = row.encrypted && given !== '' ? vault.seal(given) : null
    await jobs.enqueue('verify', { backupId: row.id, sealedPassword, by }, trx)
    await hub.publish(trx, { type: 'changed', resource: 'backups', id: row.id })
  })
}

/** A target that is away is the job's business, and so is an archive that is damaged. */
async function requirePassword(
  { targets }: Pick<Deps, 'targets'>,
  row: BackupRow,
  name: string,
  given: string,
): Promise<void> {
  const storage = await targets.open(row.target_id)
  const source = { open: async () => (await storage.read(name)).stream }
  try {
    await provePassword(source, given)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'wrong_password') return
    const canTell = row.sha256 !== null && row.bytes <= SMALL_BYTES
    if (!canTell || (await isUntouched(row, source))) throw error
  }
}

/** The backup once its verification has ended, or as it is after some seconds. */
export async function waitForVerification(db: Db, row: BackupRow): Promise<BackupRow> {
  let latest = row
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    latest = (await findBackup(db, row.id)) ?? latest
    if (latest.verification?.status !== 'running') return latest
    await sleep(LOOK_MS)
  }
  return latest
}
