import { pruneHistory } from '../resources/histories/record.ts'
import { pruneNotifications } from '../resources/notifications/deliveries.ts'
import { sweepUploads } from '../resources/uploads/sweep.ts'
import { sweepNotifications } from './notify.ts'
import { sweepRestores } from './restore.ts'
import type { JobDeps } from './run.ts'
import { sweepBackups } from './sweep-backups.ts'
import { sweepObjects } from './sweep-objects.ts'

/** How long the answer to an Idempotency-Key is remembered, as the contract says. */
const ANSWERS_KEPT_MS = 86_400_000

interface Chore {
  /** What could not be done, should it fail. */
  what: string
  run: (deps: JobDeps) => Promise<unknown>
}

/** Ends what says that it runs and has no job any more, and removes what is older than it is kept. */
const CHORES: readonly Chore[] = [
  { what: 'abandoned backups could not be looked for', run: sweepBackups },
  { what: 'abandoned restores could not be looked for', run: sweepRestores },
  { what: 'messages that wait could not be looked for', run: sweepNotifications },
  { what: 'uploads that nobody goes on with could not be removed', run: sweepUploads },
  { what: 'old histories could not be removed', run: ({ connection, now }) => pruneHistory(connection.db, now()) },
  { what: 'old messages could not be removed', run: ({ connection, now }) => pruneNotifications(connection.db, now()) },
  { what: 'old answers to requests with an Idempotency-Key could not be removed', run: pruneAnswers },
  { what: 'stored objects that no file names could not be removed', run: sweepObjects },
]

/** Does every chore; one that fails is in the log, and keeps no other from being done. */
export async function keepHouse(deps: JobDeps): Promise<void> {
  for (const { what, run } of CHORES) {
    await run(deps).catch((error: unknown) => deps.log.warn({ err: error }, what))
  }
}

async function pruneAnswers({ connection, now }: JobDeps): Promise<void> {
  const before = new Date(now().getTime() - ANSWERS_KEPT_MS)
  await connection.db.deleteFrom('idempotency').where('created_at', '<', before).execute()
}
