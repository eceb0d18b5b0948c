import { presentBackup } from '../resources/backups/facts.ts'
import {
  type BackupChange,
  type BackupFacts,
  type BackupRow,
  toBackup,
  updateBackup,
} from '../resources/backups/store.ts'
import type { JobDeps } from './run.ts'

type ShowDeps = Pick<JobDeps, 'connection' | 'hub'>

/** Writes how far a backup has come and shows it to whoever looks. */
export async function showProgress(
  { connection: { db }, hub }: ShowDeps,
  id: number,
  change: BackupChange,
  facts: BackupFacts,
): Promise<BackupRow> {
  const row = await updateBackup(db, id, change)
  await hub.publish(db, { type: 'progress', resource: 'backups', id, item: toBackup(row, facts) })
  return row
}

/** Tells everybody that a backup has come to another state; lists are read anew. */
export async function announce({ connection: { db }, hub }: ShowDeps, id: number): Promise<void> {
  const item = await presentBackup(db, id)
  if (item !== undefined) await hub.publish(db, { type: 'progress', resource: 'backups', id, item })
  await hub.publish(db, { type: 'changed', resource: 'backups', id })
}
