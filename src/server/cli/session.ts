import type { Readable } from 'node:stream'

import type { Call } from '#api/client/call.ts'

/** A Metadeck to work on. */
export interface Session {
  /** The operations, with the rights of the caller. */
  call: Call
  /** The stored archive of a backup, as a stream. */
  download(backupId: number): Promise<Readable>
  /**
   * Does queued jobs in this process from now on. Called where nobody else took one up for `patienceMs`; calling it
   * again does nothing.
   */
  work(): Promise<void>
  /** How long another process may take to begin a job. Infinite where this one can do none. */
  patienceMs: number
  close(): Promise<void>
}
