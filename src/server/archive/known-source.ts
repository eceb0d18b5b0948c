import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'

import { corrupted } from './archive-error.ts'
import type { ArchiveSource } from './envelope.ts'

/**
 * A source whose bytes were verified before, all of them, and are known by their SHA-256 (hex digits) since. They are
 * hashed as they are read, packed as they are: a fraction of what unpacks from them.
 */
export class KnownSource implements ArchiveSource {
  readonly #source: ArchiveSource
  readonly #sha256: string
  #hash = createHash('sha256')

  constructor(source: ArchiveSource, sha256: string) {
    this.#source = source
    this.#sha256 = sha256
  }

  async open(): Promise<Readable> {
    const stream = await this.#source.open()
    const hash = createHash('sha256')
    this.#hash = hash
    stream.on('data', (chunk: Buffer) => hash.update(chunk))
    // Listening has set it flowing; whoever asked for it reads it.
    stream.pause()
    return stream
  }

  /** To be called once, behind the last byte. Throws `bad_archive` where other bytes were read than those. */
  requireSame(): void {
    if (this.#hash.digest('hex') !== this.#sha256) throw corrupted('it changed while it was read')
  }
}
