import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

/** What is told while bytes pass. */
export interface Watcher {
  /** Bytes so far. */
  onBytes?: (bytes: number) => void
  /** The last byte has passed. */
  onEnd?: () => void
}

/** A stream whose bytes are counted and hashed as they pass, and that an abort breaks with the signal's reason. */
export class Watched {
  readonly stream: Readable
  readonly #hash = createHash('sha256')
  #digest: string | undefined

  constructor(source: Readable, signal: AbortSignal, { onBytes, onEnd }: Watcher = {}) {
    const hash = this.#hash
    const pass = async function* (): AsyncGenerator<Buffer> {
      let bytes = 0
      for await (const chunk of source as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
        onBytes?.(bytes)
        yield chunk
      }
      onEnd?.()
    }
    this.stream = Readable.from(pass(), { objectMode: false })
    // Both may break while nobody reads them; whoever reads is told all the same.
    for (const stream of [source, this.stream]) stream.on('error', () => undefined)
    // A reader that is busy elsewhere, such as with a store that does not answer, must not wait for the next byte.
    const abort = (): void => [source, this.stream].forEach((stream) => stream.destroy(signal.reason as Error))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    this.stream.once('close', () => {
      signal.removeEventListener('abort', abort)
      source.destroy()
    })
  }

  /** Of all bytes; to be asked for when they have passed. */
  sha256(): string {
    this.#digest ??= this.#hash.digest('hex')
    return this.#digest
  }
}
