import { access, mkdir, realpath, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { invalidInput } from '../errors.ts'
import { openExistingFolder } from './folder.ts'
import type { Storage } from './storage.ts'
import { refused, unreachable } from './target-failure.ts'

/**
 * Lies in every folder that was chosen as a target. Where a disk is not mounted, the empty folder it is mounted on has
 * none: archives would silently go to the wrong disk.
 */
const MARKER = '.metadeck-target'
/** Folders of `DATA_DIR` that are the instance's own. */
const OWN = ['', 'db', 'files', 'backups', 'uploads', 'tmp']

/** Throws 400 on `settings.path` unless the path may be a target at all. */
export async function requireTargetPath(path: string, dataDir: string): Promise<void> {
  if (!isAbsolute(path)) {
    throw invalidInput('settings.path', 'Give the whole path of the folder, from the root: /mnt/backups, for example.')
  }
  const [folder, own] = await Promise.all([realPath(resolve(path)), realPath(resolve(dataDir))])
  const isOwn = OWN.some((name) => (name === '' ? folder === own : isInside(folder, join(own, name))))
  if (!isOwn) return
  throw invalidInput(
    'settings.path',
    'This folder holds the data of Metadeck itself. Choose another one, best on another disk.',
  )
}

/** Makes the folder, where it is not there, and marks it as a target. Throws `target_refused`, `not_ready`. */
export async function prepareFolderTarget(path: string): Promise<void> {
  try {
    await makeFolder(path)
    await writeFile(join(path, MARKER), '', { flag: 'a', mode: 0o600 })
  } catch (error) {
    throw folderFailure(path, error)
  }
}

/** Makes the folder, and opens it without marking it: for a test of settings that nobody saved yet. */
export async function tryFolderTarget(path: string): Promise<Storage> {
  try {
    await makeFolder(path)
    return withFailures(path, await openExistingFolder(path))
  } catch (error) {
    throw folderFailure(path, error)
  }
}

/** True where the folder was marked as a target. */
export function isMarked(path: string): Promise<boolean> {
  return access(join(path, MARKER)).then(
    () => true,
    () => false,
  )
}

/** Opens a folder that was marked as a target. Each use of it throws `not_ready` while the mark is not there. */
export async function openFolderTarget(path: string): Promise<Storage> {
  const storage = withFailures(path, await openExistingFolder(path))
  const requireMarked = async (): Promise<void> => {
    if (await isMarked(path)) return
    throw unreachable(
      `The folder ${path} is not there, or it is not the one that was set up: is its disk mounted? If it is a new folder on purpose, put an empty file named ${MARKER} into it.`,
    )
  }
  return {
    async write(name, source) {
      try {
        await requireMarked()
      } catch (error) {
        source.destroy()
        throw error
      }
      return storage.write(name, source)
    },
    read: (name, range) => requireMarked().then(() => storage.read(name, range)),
    size: (name) => requireMarked().then(() => storage.size(name)),
    delete: (name) => requireMarked().then(() => storage.delete(name)),
  }
}

function withFailures(path: string, storage: Storage): Storage {
  const fail = (error: unknown): never => {
    throw folderFailure(path, error)
  }
  return {
    write: (name, source) => storage.write(name, source).catch(fail),
    read: (name, range) => storage.read(name, range).catch(fail),
    size: (name) => storage.size(name).catch(fail),
    delete: (name) => storage.delete(name).catch(fail),
  }
}

/** Calls whose failure names no path. */
const OF_OPEN_FILES = new Set(['write', 'fsync', 'fstat', 'close'])
const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])
/** What a network share or a disk that was pulled answers. */
const GONE = new Set([
  'ENOENT',
  'EIO',
  'ESTALE',
  'ENOTCONN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ENXIO',
  'ENODEV',
])

/** Our words for what the system says of the folder. A full disk, and what is not of the folder, stays as it is. */
function folderFailure(path: string, error: unknown): unknown {
  const { code = '', syscall = '', path: place } = error as NodeJS.ErrnoException
  // What is written may come from elsewhere, and fail there.
  if (place === undefined ? !OF_OPEN_FILES.has(syscall) : !isInside(place, path) && !isInside(path, place)) return error
  if (REFUSED.has(code)) {
    return refused(
      'no_access',
      `Metadeck may not write to the folder ${path} (${code}). Give the user that runs it the right to, or choose another folder.`,
      error,
    )
  }
  if (!GONE.has(code)) return error
  return unreachable(`The folder ${path} cannot be reached (${code}). Is its disk or network share mounted?`, error)
}

/** Folder by folder: Node's own recursive form never returns where a system folder refuses (/proc). */
async function makeFolder(folder: string): Promise<void> {
  const isThere = await access(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  if (isThere) return
  await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

/** The path without symbolic links, as far as it is there. */
async function realPath(path: string): Promise<string> {
  const found = await realpath(path).catch(() => undefined)
  if (found !== undefined) return found
  const parent = dirname(path)
  return parent === path ? path : join(await realPath(parent), basename(path))
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
