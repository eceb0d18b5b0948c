import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

import type { Backup } from '#api/contract/backups.ts'

import { CliError, EXIT } from './exit-code.ts'
import type { Session } from './session.ts'

/**
 * Saves a stored archive as a file: first as `<file>.part`, readable by this user only, and under its name once all of
 * it is there and is what was verified. Throws exit code 1, and leaves what was under the name before.
 */
export async function saveArchive(session: Session, backup: Backup, file: string, signal: AbortSignal): Promise<void> {
  const part = `${file}.part`
  const hash = createHash('sha256')
  try {
    const source = await session.download(backup.id)
    // What lies there may be a link, or a file that others read: it is never written to.
    await rm(part, { force: true })
    const target = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      target,
      { signal },
    )
    if (target.bytesWritten !== backup.bytes || (backup.sha256 !== null && hash.digest('hex') !== backup.sha256)) {
      throw new Error('it is not what was stored')
    }
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    const reason = reasonOf(error as NodeJS.ErrnoException)
    throw new CliError(
      EXIT.failed,
      'not_saved',
      `Backup ${backup.id} is made, but ${file} could not be written: ${reason}. Download it from the list of backups, or give another file next time.`,
      { cause: error },
    )
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'what should be its folder is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  EISDIR: 'a folder has that name',
  ENOSPC: 'the disk is full',
}

function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? (code === '' ? message : code)
}
