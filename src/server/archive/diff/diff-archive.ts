import type { ArchiveDiff } from '#api/contract/diffs.ts'

import type { Connection } from '../../db/connection.ts'
import { chooseTables } from '../choose-tables.ts'
import type { ArchiveSource } from '../envelope.ts'
import { type Manifest, summaryOf } from '../manifest.ts'
import type { ReadContents } from '../read-contents.ts'
import { readDefinitions } from '../read-definitions.ts'
import { openSnapshot } from '../snapshot.ts'
import { compareFiles, NO_FILES } from './compare-files.ts'
import { compareLogic } from './compare-logic.ts'
import type { RowSides } from './compare-rows.ts'
import { compareTables, type Extent } from './compare-tables.ts'
import { Sorter } from './sort-records.ts'

/** An archive whose manifest is known and trusted, and whose password is proven. */
interface DiffedArchive {
  source: ArchiveSource
  /** Empty where it is not encrypted. */
  password: string
  manifest: Manifest
}

export interface DiffRequest {
  workspaceId: number
  /** Names of tables of the archive: only these, and nothing else, are compared. Absent = everything. */
  tables?: readonly string[] | undefined
  /** Sample rows of each kind and table. */
  samples: number
  /** Ends the work at once; the call throws its reason. */
  signal?: AbortSignal | undefined
}

/**
 * What a restore of the archive into the workspace, its live branch, would change. Both sides are read as streams, the
 * workspace in one snapshot; nothing is written. Throws `not_found`, `invalid_input` for tables that the archive does
 * not have, and `bad_archive` where what is read of the archive is not what was written.
 */
export async function diffArchive(
  connection: Connection,
  opened: DiffedArchive,
  request: DiffRequest,
): Promise<ArchiveDiff> {
  const startedAt = performance.now()
  const { manifest, password } = opened
  const { tables, samples, signal } = request
  const source = stoppable(opened.source, signal)
  const sorter = new Sorter(connection)
  try {
    const contents = await readDefinitions(source, password, manifest)
    const only = tables === undefined ? null : chooseTables(contents.definitions, tables)
    const snapshot = await openSnapshot(connection, request.workspaceId, '', true)
    const stop = (): void => {
      sorter.close(true)
      void snapshot.close(true)
    }
    signal?.addEventListener('abort', stop, { once: true })
    let isWhole = false
    try {
      signal?.throwIfAborted()
      const diff = await compare({ source, password, manifest, snapshot, sorter }, contents, { only, samples })
      isWhole = true
      return { ...diff, ms: Math.round(performance.now() - startedAt) }
    } finally {
      signal?.removeEventListener('abort', stop)
      sorter.close(!isWhole)
      await snapshot.close(!isWhole)
    }
  } catch (error) {
    // What broke when the streams were closed is not the reason.
    signal?.throwIfAborted()
    throw error
  }
}

/** The same archive; its streams end with the signal. */
function stoppable(source: ArchiveSource, signal: AbortSignal | undefined): ArchiveSource {
  if (signal === undefined) return source
  return {
    async open() {
      signal.throwIfAborted()
      const stream = await source.open()
      const stop = (): void => void stream.destroy(new Error('The comparison was stopped'))
      signal.addEventListener('abort', stop, { once: true })
      stream.once('close', () => signal.removeEventListener('abort', stop))
      return stream
    },
  }
}

async function compare(sides: RowSides, contents: ReadContents, extent: Extent): Promise<Omit<ArchiveDiff, 'ms'>> {
  const { manifest, snapshot } = sides
  const { contents: live, db } = snapshot
  const tables = await compareTables(sides, contents, extent)
  const isWhole = extent.only === null
  const logic = isWhole ? await compareLogic(db, { manifest, contents, live }) : { definitions: [], draftsNow: 0 }
  const files = isWhole ? compareFiles(manifest, live.files, extent.samples) : NO_FILES
  const isSame = tables.every(({ effect }) => effect === null) && logic.definitions.length === 0
  return {
    summary: summaryOf(manifest),
    workspace: { id: live.workspace.id, name: live.workspace.name },
    same: isSame && files.added + files.changed + files.removed === 0,
    tables,
    ...logic,
    files,
  }
}
