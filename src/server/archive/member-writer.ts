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

  /** A file whose bytes are here. */
  async *write(name: string, chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    yield* this.stream(name, size, chunks)
  }

  /** A file of this size, whose bytes come as they are asked for. Throws when they are more or fewer. */
  async *stream(
    name: string,
    size: number,
    chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): AsyncGenerator<Buffer, string> {
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
    this.members.push({ name, size, sha256 })
    const padding = tarPadding(size)
    if (padding.length > 0) yield padding
    return sha256
  }
}
