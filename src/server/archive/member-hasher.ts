import { createHash } from 'node:crypto'

import { PART_BYTES } from './format.ts'
import type { TarMember } from './tar.ts'

/**
 * SHA-256 of members that are read one after the other. Those of the usual size are hashed beside the event loop, while
 * the next one is read.
 */
export class MemberHasher {
  readonly #room = Buffer.allocUnsafeSlow(PART_BYTES)
  #last: Promise<unknown> = Promise.resolve()

  /** Reads the member to its end; `onChunk` sees each chunk. The promise inside is the hash, in hex digits. */
  async read({ size, bytes }: TarMember, onChunk: (chunk: Buffer) => void): Promise<{ sha256: Promise<string> }> {
    if (size > this.#room.length) {
      const hash = createHash('sha256')
      for await (const chunk of bytes) {
        hash.update(chunk)
        onChunk(chunk)
      }
      return { sha256: Promise.resolve(hash.digest('hex')) }
    }
    let used = 0
    for await (const chunk of bytes) {
      used += chunk.copy(this.#room, used)
      onChunk(chunk)
    }
    // One at a time: each works on a copy, which `digest` takes before it returns.
    await this.#last
    const hashing = crypto.subtle.digest('SHA-256', this.#room.subarray(0, used))
    this.#last = hashing
    return { sha256: hashing.then((digest) => Buffer.from(digest).toString('hex')) }
  }
}
