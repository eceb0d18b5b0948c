import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { notFound } from '../errors.ts'
import { requireObjectName, type Storage } from './storage.ts'
import { removeUnfinished, unfinishedName } from './unfinished.ts'

/** Objects never begin with a dot, so that a half-written one is never taken for one. */
const UNFINISHED = '.unfinished-'

/**
 * Opens a folder as a store, made with mode 0700 if it is not there. What a killed process left unfinished in it is
 * removed; several processes may share the folder.
 */
export async function openFolderStorage(folder: string): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return openExistingFolder(folder)
}

/** The same for a folder that is there; it is never made. */
export async function openExistingFolder(folder: string): Promise<Storage> {
  await removeUnfinished(folder, UNFINISHED)
  return {
    async write(name, source) {
      const target = pathOf(folder, name)
      const unfinished = join(folder, unfinishedName(UNFINISHED))
      try {
        const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })
        await pipeline(source, file)
        await rename(unfinished, target)
        await syncFolder(folder)
        return file.bytesWritten
      } catch (error) {
        // What failed is the news, also where the folder is gone by now.
        await rm(unfinished, { force: true }).catch(() => undefined)
        throw error
      }
    },
    async read(name, range) {
      const file = await openFile(pathOf(folder, name))
      try {
        const { size } = await file.stat()
        const stream = createReadStream('', { fd: file, highWaterMark: 262_144, ...range })
        return { size, stream }
      } catch (error) {
        await file.close()
        throw error
      }
    },
    async size(name) {
      try {
        return (await stat(pathOf(folder, name))).size
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    async delete(name) {
      await rm(pathOf(folder, name), { force: true })
    },
  }
}

function pathOf(folder: string, name: string): string {
  requireObjectName(name)
  return join(folder, name)
}

async function openFile(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound('The stored object')
    throw error
  }
}

/** Makes a rename survive a power cut. Some file systems cannot do that for a folder: then the rename is all there is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
