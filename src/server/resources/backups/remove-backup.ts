import type { Deps } from '../../deps.ts'
import { type BackupRow, objectName } from './store.ts'

/**
 * Deletes the stored archive and then the row: a row without an archive says so, the other way round nobody would. Of a
 * run that failed, what its store may have kept while it could not be reached is deleted too, where that can be done. False
 * where somebody else had deleted the row meanwhile.
 */
export async function removeBackup(
  { connection: { db }, targets }: Pick<Deps, 'connection' | 'targets'>,
  row: Pick<BackupRow, 'id' | 'created_at' | 'object_name' | 'target_id'>,
): Promise<boolean> {
  const { id, object_name: name, target_id: target } = row
  if (name !== null) await (await targets.open(target)).delete(name)
  else await deleteLeftover(targets, row).catch(() => undefined)
  const { numDeletedRows } = await db.deleteFrom('backup').where('id', '=', id).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

async function deleteLeftover(
  targets: Deps['targets'],
  row: Pick<BackupRow, 'id' | 'created_at' | 'target_id'>,
): Promise<void> {
  await (await targets.open(row.target_id)).delete(objectName(row))
}
