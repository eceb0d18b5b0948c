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
  /** Size in bytes; null when there is no such object. */
  size(name: string): Promise<number | null>
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/

/** Throws unless it is a name that every store takes. */
export function requireObjectName(name: string): void {
  if (!NAME.test(name)) throw new Error('The name of a stored object is not valid')
}
