import type { Deps } from '../../deps.ts'
import type { BackupRow } from './store.ts'

/** Deletes the stored archive and then the row: a row without an archive says so, the other way round nobody would. */
export async function removeBackup(
  { connection: { db }, targets }: Pick<Deps, 'connection' | 'targets'>,
  row: Pick<BackupRow, 'id' | 'object_name' | 'target_id'>,
): Promise<void> {
  if (row.object_name !== null) await (await targets.open(row.target_id)).delete(row.object_name)
  await db.deleteFrom('backup').where('id', '=', row.id).execute()
}
