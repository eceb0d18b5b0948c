import type { Readable } from 'node:stream'

import type { Connection } from '../db/connection.ts'
import { chooseParts } from './choose-parts.ts'
import type { ArchiveSource } from './envelope.ts'
import type { ImportRequest } from './import-request.ts'
import { importSome } from './import-some.ts'
import { inImportTransaction } from './import-transaction.ts'
import { importWorkspace } from './import-workspace.ts'
import { FileLoader, NO_STORE } from './load-files.ts'
import type { VerifiedArchive } from './verify.ts'

export type * from './import-request.ts'

/**
 * Puts an archive into a workspace: all that is wanted of it, or nothing. Its manifest and definitions are verified;
 * members are checked against the manifest as they pass. Everything is built beside the tables that are there, in one
 * transaction; they are exchanged at its end, so that readers see the old workspace or the new one. Answers the
 * workspace's id. Throws `bad_archive`, `invalid_input` for a choice of what it does not hold, `conflict`.
 */
export async function importArchive(
  connection: Connection,
  archive: VerifiedArchive,
  request: ImportRequest,
): Promise<number> {
  const { target, tables, signal } = request
  const isRehearsal = request.rehearse !== undefined
  const store = isRehearsal ? NO_STORE : request.files
  const isWhole = tables === undefined && request.parts === undefined
  const parts = request.parts === undefined ? undefined : chooseParts(archive, request.parts)
  const wantedFiles = isWhole ? archive.manifest.files : (parts?.files ?? [])
  const files = new FileLoader(store, wantedFiles, archive.manifest.members)
  const { source, onLost } = breakable(request.source)
  return inImportTransaction(connection, { files, signal, isRehearsal, onLost }, (client) =>
    !isWhole && 'workspaceId' in target
      ? importSome(client, archive, { ...request, source, workspaceId: target.workspaceId, parts }, files)
      : importWorkspace(client, archive, { ...request, source, parts }, files),
  )
}

/** A source whose stream breaks when the database is gone, so that nobody waits for bytes that are not wanted any more. */
function breakable(source: ArchiveSource): { source: ArchiveSource; onLost: () => void } {
  const streams = new Set<Readable>()
  const open = async (): Promise<Readable> => {
    const stream = await source.open()
    streams.add(stream)
    stream.once('close', () => streams.delete(stream))
    return stream
  }
  const lost = (): Error => Object.assign(new Error('The connection to the database was lost'), { code: '08006' })
  return { source: { open }, onLost: () => streams.forEach((stream) => stream.destroy(lost())) }
}
