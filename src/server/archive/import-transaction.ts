import type pg from 'pg'

import type { Connection } from '../db/connection.ts'
import { checkOut } from './client-db.ts'
import type { FileLoader } from './load-files.ts'

export interface ImportRun {
  files: FileLoader
  signal?: AbortSignal | undefined
  /** True where everything is rolled back in the end. */
  isRehearsal: boolean
  /** The connection is gone. The work is told of that by its next query only, and may be waiting for something else. */
  onLost: () => void
}

/** What the work of an import leaves to be done once it is committed. */
export interface ImportWork {
  workspaceId: number
  /** Objects of the store that no row names any more. */
  replacedObjects: string[]
}

/**
 * Runs the work of an import in one transaction on a connection of its own. An abort ends it at once, whatever the
 * database does at that moment. What was put into the store is taken away again where nothing is committed.
 */
export async function inImportTransaction(
  connection: Connection,
  { files, signal, isRehearsal, onLost }: ImportRun,
  work: (client: pg.ClientBase) => Promise<ImportWork>,
): Promise<number> {
  let isCommitting = false
  const { client, release } = await checkOut(connection)
  let backend = 0
  // Closing the connection rolls back. A backend that builds an index would notice that at its end only, and hold its
  // locks until then: it is told.
  const abort = (): void => {
    release(true)
    if (backend > 0) connection.pool.query('select pg_cancel_backend($1)', [backend]).catch(() => undefined)
  }
  signal?.addEventListener('abort', abort, { once: true })
  client.on('end', onLost)
  try {
    signal?.throwIfAborted()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await client.query('begin')
    backend = rows[0]?.pid ?? 0
    const { workspaceId, replacedObjects } = await work(client)
    isCommitting = !isRehearsal
    await client.query(isRehearsal ? 'rollback' : 'commit')
    backend = 0
    release(false)
    if (isRehearsal) await files.undo()
    else await files.discard(replacedObjects)
    return workspaceId
  } catch (error) {
    release(true)
    // A commit whose answer was lost may have happened: then the objects have rows, and stay.
    if (!isCommitting) await files.undo()
    signal?.throwIfAborted()
    throw error
  } finally {
    client.removeListener('end', onLost)
    signal?.removeEventListener('abort', abort)
  }
}
