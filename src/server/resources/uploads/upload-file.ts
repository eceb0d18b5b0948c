import { createReadStream } from 'node:fs'
import { access, link, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

import type { Config } from '../../config.ts'
import { AppError } from '../../errors.ts'
import { syncFolder } from '../../storage/folder.ts'
import type { Storage } from '../../storage/storage.ts'

/** Where the bytes of uploads lie: one sparse file each, in `DATA_DIR/uploads`. Several processes may share it. */
type Place = Pick<Config, 'dataDir'>

function folderOf({ dataDir }: Place): string {
  return join(dataDir, 'uploads')
}

function pathOf(place: Place, id: string): string {
  return join(folderOf(place), id)
}

/** What uploads leave free: the database lies on the same disk by default, and stops without room. */
const RESERVED_BYTES = 256 * 1024 * 1024

async function requireRoom(place: Place, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folderOf(place))
  const free = Math.max(0, bavail * bsize - RESERVED_BYTES)
  if (bytes > free) throw diskFull(`${what} needs ${bytes} bytes, and the disk of the server has ${free} left for it.`)
}

/** Makes the empty file, private to the user that runs the server. Refuses what the disk has no room for (409). */
export async function makeUploadFile(place: Place, id: string, bytes: number): Promise<void> {
  await mkdir(folderOf(place), { recursive: true, mode: 0o700 })
  await requireRoom(place, bytes, 'The archive')
  await (await open(pathOf(place, id), 'wx', 0o600)).close()
}

/** Writes bytes at their place, safe from a power cut once it returns. Throws 409 where the disk is full. */
export async function writeAt(place: Place, id: string, bytes: Uint8Array, position: number): Promise<void> {
  try {
    await requireRoom(place, bytes.length, 'The next part')
    const file = await open(pathOf(place, id), 'r+')
    try {
      for (let done = 0; done < bytes.length;) {
        done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten
      }
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw toRefusal(error)
  }
}

function toRefusal(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull('The disk of the server is full.', error)
  return code === 'ENOENT' ? lost(error) : error
}

function diskFull(what: string, cause?: unknown): AppError {
  const message = `${what} Make room and go on with the upload: what has arrived stays.`
  return new AppError('conflict', message, { cause, payload: { reason: 'disk_full' } })
}

function lost(cause?: unknown): AppError {
  const message = 'The bytes that had arrived are not on this server any more. Remove this upload and begin anew.'
  return new AppError('conflict', message, { cause, payload: { reason: 'upload_lost' } })
}

/** The file as it is so far. */
export async function openUploadFile(place: Place, id: string): Promise<ReturnType<typeof createReadStream>> {
  const path = pathOf(place, id)
  await access(path).catch((error: unknown) => {
    throw lost(error)
  })
  return createReadStream(path, { highWaterMark: 262_144 })
}

/** Bytes that the file has; throws 409 where it is gone. */
export async function sizeOf(place: Place, id: string): Promise<number> {
  const found = await stat(pathOf(place, id)).catch((error: unknown) => {
    throw lost(error)
  })
  return found.size
}

export async function removeUploadFile(place: Place, id: string): Promise<void> {
  await rm(pathOf(place, id), { force: true })
}

/**
 * Puts the file into the built-in store under `object`, and leaves it where it was. On the same disk that is a second
 * name for the same bytes; elsewhere they are copied.
 */
export async function putIntoStore(place: Place, id: string, store: Storage, object: string): Promise<void> {
  const target = join(place.dataDir, 'backups', object)
  // Left by a process that was killed at this point.
  await store.delete(object)
  try {
    await link(pathOf(place, id), target)
    // Proves that the store is that folder.
    const { stream } = await store.read(object)
    stream.destroy()
    await syncFolder(join(place.dataDir, 'backups'))
  } catch {
    // Another disk, a file system without links, another store.
    await rm(target, { force: true })
    await store.write(object, await openUploadFile(place, id)).catch((error: unknown) => {
      throw toRefusal(error)
    })
  }
}

/** Ids of files that nobody has written to since `before`. */
export async function untouchedSince(place: Place, before: Date): Promise<string[]> {
  const ids: string[] = []
  for (const name of await readdir(folderOf(place)).catch(() => [])) {
    // Another process may have removed it meanwhile.
    const found = await stat(pathOf(place, name)).catch(() => undefined)
    if (found !== undefined && found.mtime < before) ids.push(name)
  }
  return ids
}
