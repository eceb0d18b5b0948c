import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { ArchiveSource } from '../../archive/envelope.ts'
import { removeUnfinished, unfinishedName } from '../../storage/unfinished.ts'

const PREFIX = 'upload-'

/** Uploaded files on disk, for as long as a request needs them. */
export interface Spool {
  /** Runs `work` with a fresh place for one file; the file is removed whatever happens. */
  use<Result>(work: (file: SpoolFile) => Promise<Result>): Promise<Result>
  /** Removes what a killed process left; several processes may share the folder. */
  clean(): Promise<void>
}

export interface SpoolFile extends ArchiveSource {
  /** Takes the stream to its end. */
  fill(source: Readable): Promise<void>
}

/** A spool in this folder, which is made when it is needed. */
export function createSpool(folder: string): Spool {
  return {
    async use(work) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, unfinishedName(PREFIX))
      try {
        return await work({
          fill: (source) => pipeline(source, createWriteStream(path, { flags: 'wx', mode: 0o600 })),
          open: () => Promise.resolve(createReadStream(path, { highWaterMark: 262_144 })),
        })
      } finally {
        await rm(path, { force: true })
      }
    },
    clean: () => removeUnfinished(folder, PREFIX),
  }
}
