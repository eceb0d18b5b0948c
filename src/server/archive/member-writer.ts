import { createHash } from 'node:crypto'

import type { Manifest } from './manifest.ts'
import { tarHeader, tarPadding } from './tar.ts'

/** Writes files of a tar and notes what the manifest says of each. */
export class MemberWriter {
  readonly members: Manifest['members'] = []
  readonly #at: Date

  constructor(at: Date) {
    this.#at = at
  }

  /** Bytes of all members so far. */
  get bytes(): number {
    return this.members.reduce((sum, { size }) => sum + size, 0)
  }

  /** A file whose bytes are here; they must stay as they are until all is taken. */
  async *write(name: string, bytes: Buffer<ArrayBuffer>): AsyncGenerator<Buffer> {
    // Beside the event loop, while the bytes are being compressed.
    const hashing = crypto.subtle.digest('SHA-256', bytes)
    yield tarHeader(name, bytes.length, this.#at)
    yield bytes
    yield* this.#end(name, bytes.length, Buffer.from(await hashing).toString('hex'))
  }

  /** A file of this size, whose bytes come as they are asked for. Throws when they are more or fewer. */
  async *stream(name: string, size: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, string> {
    yield tarHeader(name, size, this.#at)
    const hash = createHash('sha256')
    let passed = 0
    for await (const chunk of chunks) {
      if (chunk.length === 0) continue
      passed += chunk.length
      if (passed > size) break
      hash.update(chunk)
      yield chunk
    }
    if (passed !== size) throw new Error(`${name} has ${passed} bytes where ${size} were announced`)
    const sha256 = hash.digest('hex')
    yield* this.#end(name, size, sha256)
    return sha256
  }

  *#end(name: string, size: number, sha256: string): Generator<Buffer> {
    this.members.push({ name, size, sha256 })
    const padding = tarPadding(size)
    if (padding.length > 0) yield padding
  }
}
