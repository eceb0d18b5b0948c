import { sql } from 'kysely'

import { findBackup, objectName, updateBackup } from '../resources/backups/store.ts'
import { markFailed } from './mark-backup.ts'
import type { JobDeps } from './run.ts'
import { announce } from './show-backup.ts'
import { findAbandoned, hasJob } from './sweep.ts'

/** Ends backups, verifications and drills whose job is gone: their process died once too often. */
export async function sweepBackups(deps: JobDeps): Promise<void> {
  for (const id of await findAbandoned(deps, 'backup')) await endBackup(deps, id)
  for (const id of [...(await endVerifications(deps)), ...(await endDrills(deps))]) await announce(deps, id)
}

async function endBackup(deps: JobDeps, id: number): Promise<void> {
  const { db } = deps.connection
  const row = await findBackup(db, id)
  if (row === undefined) return
  if (row.kind === 'uploaded') {
    const message =
      'The server ended while it was reading the archive, several times over. Verify it again, or upload it again.'
    const failure = JSON.stringify({ code: 'abandoned', message })
    await updateBackup(db, id, { status: 'failed', stage: 'done', failure, finished_at: deps.now() })
    return announce(deps, id)
  }
  await (
    await deps.targets.open(row.target_id)
  )
    .delete(objectName(row))
    .catch((error: unknown) => deps.log.warn({ err: error, backupId: id }, 'an abandoned archive was not deleted'))
  const message = 'The server ended in the middle of the backup, several times over. Make another one.'
  await markFailed(deps, id, { code: 'abandoned', message })
}

async function endVerifications({ connection: { db } }: JobDeps): Promise<number[]> {
  const end = ended('unreachable', 'The server ended in the middle of the verification. Verify the backup again.')
  const { rows } = await sql<{ id: number }>`
    update metadeck.backup item set verification = verification || ${end}::jsonb
    where verification->>'status' = 'running' and ${isOld('verification')} and not ${hasJob('verify')}
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}

async function endDrills({ connection: { db } }: JobDeps): Promise<number[]> {
  const end = ended('failed', 'The server ended in the middle of the drill. Nothing of it is left; start it again.')
  const { rows } = await sql<{ id: number }>`
    update metadeck.backup item set drill = drill || ${end}::jsonb
    where drill->>'status' in ('queued', 'running') and ${isOld('drill')} and not ${hasJob('drill')}
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}

function ended(status: string, message: string): string {
  return JSON.stringify({ status, failure: { code: 'abandoned', message } })
}

/** Old enough for its job to be in the queue. */
function isOld(column: 'verification' | 'drill'): ReturnType<typeof sql<boolean>> {
  return sql<boolean>`(${sql.ref(column)}->>'at')::timestamptz < now() - interval '5 seconds'`
}
