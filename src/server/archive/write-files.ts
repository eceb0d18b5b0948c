import type { Readable } from 'node:stream'

import { AppError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import type { ManifestFile } from './manifest.ts'
import type { MemberWriter } from './member-writer.ts'
import type { WorkspaceContents } from './snapshot.ts'

type FileRow = WorkspaceContents['files'][number]

/** The stored files of a workspace in an archive, and the names of those whose bytes are not there any more. */
export interface WrittenFiles {
  files: ManifestFile[]
  lost: string[]
}

/**
 * Writes the bytes of stored files as they come from the store. An object that is gone, or is shorter or longer than
 * what was uploaded, is left out and told; one whose bytes are other ones ends the archive in an error.
 */
export async function* writeFiles(
  store: Storage,
  rows: readonly FileRow[],
  writer: MemberWriter,
): AsyncGenerator<Buffer, WrittenFiles> {
  const written: WrittenFiles = { files: [], lost: [] }
  for (const row of rows) {
    const bytes = await openObject(store, row)
    if (bytes === undefined) {
      written.lost.push(row.name)
      continue
    }
    const member = memberOf(row.path)
    const sha256 = yield* writer.stream(member, row.size, bytes as AsyncIterable<Buffer>)
    if (sha256 !== row.sha256) throw damaged(row)
    written.files.push(listed(row, member))
  }
  return written
}

async function openObject(store: Storage, row: FileRow): Promise<Readable | undefined> {
  try {
    const { size, stream } = await store.read(row.object_name)
    if (size === row.size) return stream
    stream.destroy()
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  }
}

function listed(row: FileRow, member: string): ManifestFile {
  const { name, type, mime, access, path, meta } = row
  return { name, type, mime, access, path, meta, created: row.created_at.toISOString(), member }
}

/** Characters of a file's name that fit a tar header beside the rest of a member's name. */
const NAME_MAX = 90

/** `/vault/<random>/photo.png` → `files/<random>/photo.png`; a long name loses its beginning, as endings tell more. */
function memberOf(path: string): string {
  const [key = '', name = ''] = path.split('/').slice(2)
  return `files/${key}/${name.slice(-NAME_MAX).replace(/^\.+/, '')}`
}

function damaged({ name }: FileRow): AppError {
  return new AppError(
    'bad_archive',
    `The bytes of the stored file "${name}" are not the ones that were uploaded. Delete the file or upload it again, then make the archive again.`,
    { payload: { reason: 'damaged_file' } },
  )
}
