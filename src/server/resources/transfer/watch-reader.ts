import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/** Least that a reader takes within one window. A window is long, as sockets take and give megabytes at a time. */
export interface ReaderPace {
  windowMs: number
  bytes: number
}

/** 1 KB a second. */
const SLOWEST: ReaderPace = { windowMs: 120_000, bytes: 122_880 }

/**
 * Ends a stream whose reader takes less than the pace, so that nobody holds what the stream holds (a snapshot and its
 * connection) by reading a byte now and then. Only while bytes wait for the reader: a slow source is not its fault.
 */
export function watchReader(response: ServerResponse, stream: Readable, pace = SLOWEST): void {
  let before = takenBy(response)
  const timer = setInterval(() => {
    const now = takenBy(response)
    const isWaiting = response.writableNeedDrain
    if (isWaiting && now - before < pace.bytes) stream.destroy(new Error('The client reads too slowly'))
    before = now
  }, pace.windowMs)
  stream.once('close', () => clearInterval(timer))
}

function takenBy({ socket }: ServerResponse): number {
  // A response that is injected, without a network, has a stand-in for a socket that counts nothing.
  return socket?.bytesWritten ?? 0
}
