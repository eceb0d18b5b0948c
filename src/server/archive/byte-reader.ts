import { truncated } from './archive-error.ts'

const EMPTY = Buffer.alloc(0)

/** Reads exact numbers of bytes from chunks of any size. An early end is `truncated`. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #chunk: Buffer = EMPTY

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The next `length` bytes as one buffer. */
  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.take(length)) parts.push(part)
    return parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts)
  }

  /** The next `length` bytes as they come. */
  async *take(length: number): AsyncGenerator<Buffer> {
    let missing = length
    while (missing > 0) {
      if (this.#chunk.length === 0 && !(await this.#fill())) throw truncated()
      const part = this.#chunk.subarray(0, missing)
      this.#chunk = this.#chunk.subarray(part.length)
      missing -= part.length
      yield part
    }
  }

  /** Up to `length` bytes: fewer only where the source ends. */
  async upTo(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    let have = 0
    while (have < length && (this.#chunk.length > 0 || (await this.#fill()))) {
      const part = this.#chunk.subarray(0, length - have)
      this.#chunk = this.#chunk.subarray(part.length)
      have += part.length
      parts.push(part)
    }
    return Buffer.concat(parts)
  }

  /** Fills the buffer with the next bytes. Answers how many they are: fewer than fit only where the source ends. */
  async into(target: Buffer): Promise<number> {
    let used = 0
    while (used < target.length && (this.#chunk.length > 0 || (await this.#fill()))) {
      const taken = this.#chunk.copy(target, used)
      this.#chunk = this.#chunk.subarray(taken)
      used += taken
    }
    return used
  }

  /** Everything that is left. */
  async *rest(): AsyncGenerator<Buffer> {
    while (this.#chunk.length > 0 || (await this.#fill())) {
      const part = this.#chunk
      this.#chunk = EMPTY
      yield part
    }
  }

  /** Tells the source that nothing more will be read. */
  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #fill(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done === true) return false
    this.#chunk = next.value
    return true
  }
}
