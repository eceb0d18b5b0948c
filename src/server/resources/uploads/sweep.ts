import type { Deps } from '../../deps.ts'
import { objectOf } from './complete.ts'
import { deleteUntouched, knownOf } from './store.ts'
import { removeUploadFile, untouchedSince } from './upload-file.ts'

/** How long an upload waits for its next chunk. */
const KEPT_MS = 7 * 86_400_000
/** Age at which a file without an upload was surely left behind, and is not just being made. */
const STRAY_MS = 3_600_000

/**
 * Removes uploads that were not touched for a week, with what has arrived of them, and files that belong to none.
 * Several processes may do it at once.
 */
export async function sweepUploads({
  config,
  connection: { db },
  targets,
  now,
}: Pick<Deps, 'config' | 'connection' | 'targets' | 'now'>): Promise<void> {
  const at = now().getTime()
  const store = await targets.open(null)
  for (const id of await deleteUntouched(db, new Date(at - KEPT_MS))) {
    await removeUploadFile(config, id)
    // Of a completion that was cut off: as long as there was an upload, no backup had this object.
    await store.delete(objectOf(id))
  }
  const strays = await untouchedSince(config, new Date(at - STRAY_MS))
  const known = await knownOf(db, strays)
  for (const id of strays) if (!known.has(id)) await removeUploadFile(config, id)
}
