import { Readable } from 'node:stream'

/** A connection that broke is opened again this often an object. */
const RESUMES_MAX = 3

/** Bytes from `start` to `end`, both inclusive. */
export interface Span {
  start: number
  end: number
}

interface ReadOptions {
  /** Opens the rest of the object once more; its errors end the stream. */
  reopen(span: Span): Promise<Readable>
  /** Puts a broken connection into words. */
  failure(error: unknown): Error
  /** How long no byte may come while somebody waits for one. */
  idleMs: number
}

/**
 * A stream of exactly the bytes of `span`. Where the connection breaks or falls silent the rest is asked for again; a
 * stream that cannot be completed ends with an error, never early. A reader that is slow itself is waited for: a store
 * that closes the connection meanwhile does no harm.
 */
export function readResumed(first: Readable, span: Span, options: ReadOptions): Readable {
  let body = first
  async function* bytes(): AsyncGenerator<Buffer> {
    let { start } = span
    for (let resumes = 0; ; resumes += 1) {
      try {
        for await (const chunk of promptly(body, options.idleMs)) {
          start += chunk.length
          yield chunk
        }
        if (start <= span.end) throw Object.assign(new Error('The answer ended early'), { code: 'ECONNRESET' })
        return
      } catch (error) {
        body.destroy()
        if (start > span.end) return
        if (resumes === RESUMES_MAX) throw options.failure(error)
        body = await options.reopen({ start, end: span.end })
      }
    }
  }
  const stream = Readable.from(bytes(), { objectMode: false })
  // A reader that goes away frees the connection now, not at its next byte.
  stream.once('close', () => body.destroy())
  return stream
}

/** The chunks of a stream; each must come within `idleMs` of being asked for. */
async function* promptly(source: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const late = Object.assign(new Error('No byte came in time'), { name: 'TimeoutError' })
    const timer = setTimeout(() => source.destroy(late), idleMs)
    const next = await chunks.next().finally(() => clearTimeout(timer))
    if (next.done === true) return
    yield next.value
  }
}
