import { constants, gunzipSync } from 'node:zlib'

import { badArchive } from './archive-error.ts'

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

/** Names at the root of an archive that a hosted instance exports (`contract/README.md`, Export and import). */
const HOSTED_NAMES = ['workspace.json', 'content/', 'vault/']
/** What the first 4 kB of a gzip file may unpack to here. */
const LOOK_BYTES = 4_194_304

/** Throws a reason that helps, unless the file begins like an archive. */
export function refuseForeign(head: Buffer): void {
  if (startsWith(head, ZSTD_MAGIC)) return
  if (head.length === 0) throw badArchive('not_an_archive', 'The file is empty.')
  if (ZSTD_MAGIC.subarray(0, head.length).equals(head))
    throw badArchive('truncated', 'The archive ends after its first bytes.')
  if (startsWith(head, GZIP_MAGIC) && isHosted(head)) {
    throw badArchive(
      'hosted_format',
      'This is an export of a hosted instance (.tar.gz with workspace.json). That format cannot be read yet; make a backup with Metadeck and restore that.',
    )
  }
  throw badArchive(
    'not_an_archive',
    'The file is not a Metadeck archive (.xano). Choose a file that export or a backup made.',
  )
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic)
}

/** Looks at the first name in the tar; hosted exports are sometimes compressed twice. */
function isHosted(head: Buffer): boolean {
  let tar = head
  for (let layer = 0; layer < 2 && startsWith(tar, GZIP_MAGIC); layer += 1) tar = beginningOf(tar)
  const name = tar.toString('latin1', 0, 100).replace(/\0.*$/s, '').replace(/^\.\//, '')
  return HOSTED_NAMES.some((known) => name.startsWith(known))
}

function beginningOf(gzipped: Buffer): Buffer {
  try {
    return gunzipSync(gzipped, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LOOK_BYTES })
  } catch {
    return Buffer.alloc(0)
  }
}
