import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'

import { Manifest } from '../../archive/manifest.ts'
import type { Db } from '../../db/connection.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Keeps the manifest of an archive that was read whole and found right, so that it need not be read again for it. */
export async function saveManifest(db: Db, backupId: number, manifest: Manifest): Promise<void> {
  const body = await compress(Buffer.from(JSON.stringify(manifest)))
  await db
    .insertInto('backup_manifest')
    .values({ backup_id: backupId, body })
    .onConflict((conflict) => conflict.column('backup_id').doUpdateSet({ body }))
    .execute()
}

/** The kept manifest; undefined for a backup of an earlier release, or one that nobody could read yet. */
export async function readManifest(db: Db, backupId: number): Promise<Manifest | undefined> {
  const row = await db.selectFrom('backup_manifest').select('body').where('backup_id', '=', backupId).executeTakeFirst()
  if (row === undefined) return undefined
  return Manifest.parse(JSON.parse((await decompress(row.body)).toString('utf8')))
}
