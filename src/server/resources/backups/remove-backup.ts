import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import type { Storage } from '../../storage/storage.ts'
import { type BackupRow, objectName } from './store.ts'

/**
 * Deletes the stored archive and then the row: a row without an archive says so, the other way round nobody would. Of a
 * run that failed, what its store may have kept while it could not be reached is deleted too, where that can be done. The
 * row is held meanwhile, so that nobody pins what is going. False where somebody had deleted or pinned it before. What
 * `alongside` writes is written with it, or not at all.
 */
export async function removeBackup(
  { connection: { db }, targets }: Pick<Deps, 'connection' | 'targets'>,
  {
    id,
    created_at,
    object_name: name,
    target_id: target,
  }: Pick<BackupRow, 'id' | 'created_at' | 'object_name' | 'target_id'>,
  alongside: (trx: Db) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  // Before a connection is held: the settings of a target are read through another one.
  const store = name === null ? await targets.open(target).catch(() => undefined) : await targets.open(target)
  return db.transaction().execute(async (trx) => {
    const held = await trx
      .selectFrom('backup')
      .select('is_pinned')
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (held === undefined || held.is_pinned) return false
    if (name !== null) await store?.delete(name)
    else await deleteLeftover(store, objectName({ id, created_at }))
    await trx.deleteFrom('backup').where('id', '=', id).execute()
    await alongside(trx)
    return true
  })
}

async function deleteLeftover(store: Storage | undefined, name: string): Promise<void> {
  await store?.delete(name).catch(() => undefined)
}
