import type { Readable } from 'node:stream'

/** Where archives and files lie. Names are flat: letters, digits, `-`, `_`, `.`; whoever makes them keeps them unique. */
export interface Storage {
  /**
   * Stores the stream whole or not at all: the object appears under its name only after the last byte is safe.
   * Answers its size in bytes. A failing source leaves nothing behind.
   */
  write(name: string, source: Readable): Promise<number>
  /** Throws `not_found` when there is no such object. `range` is in bytes, both ends inclusive. */
  read(name: string, range?: { start: number; end: number }): Promise<{ size: number; stream: Readable }>
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>
}
