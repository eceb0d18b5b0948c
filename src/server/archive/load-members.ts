import type pg from 'pg'

import type { TableDefinition } from '../tables/definition.ts'
import { badArchive, corrupted } from './archive-error.ts'
import { openArchive } from './envelope.ts'
import type { ImportRequest } from './import-request.ts'
import { KnownSource } from './known-source.ts'
import type { FileLoader } from './load-files.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import type { BuiltSchemas } from './swap-schemas.ts'
import { type Place, TableLoader } from './table-loader.ts'
import { readTar, type TarMember } from './tar.ts'

export interface LoadProgress {
  current: string | null
  tablesDone: number
  rows: number
}

export interface Loading {
  workspaceId: number
  manifest: Manifest
  from: Pick<ImportRequest, 'source' | 'sha256' | 'password'>
  schemas: BuiltSchemas
  /** Tables of the manifest whose rows are wanted. */
  tables: readonly ManifestTable[]
  /** In the order of `tables`. */
  definitions: readonly TableDefinition[]
  files: FileLoader
}

/**
 * Reads the archive, copies the rows into the new tables and puts the stored files into their store. What is read must be
 * what was verified before, as the file may have changed in between: all of its bytes where they are known and read to
 * their end, otherwise each member that the manifest lists.
 */
export async function loadMembers(
  client: pg.ClientBase,
  loading: Loading,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const { tables, files, from } = loading
  // Behind the chosen tables nothing is wanted; of a whole import the end of the archive is, too.
  const isEarly = tables.length < loading.manifest.tables.length
  const known = isEarly || from.sha256 === undefined ? undefined : new KnownSource(from.source, from.sha256)
  const places = placesOf(loading, known !== undefined)
  const isComplete = (): boolean => places.size === 0 && files.isComplete
  if (isComplete()) return
  const progress: LoadProgress = { current: null, tablesDone: 0, rows: 0 }
  const loader = new TableLoader(client)
  const { tar } = await openArchive(known ?? from.source, from.password)
  try {
    for await (const member of readTar(tar)) {
      if (isEarly && isComplete()) break
      await loadMember(member, { loading, loader, places, progress, onProgress })
    }
  } finally {
    await tar.return(undefined)
  }
  known?.requireSame()
  if (!isComplete()) throw corrupted('it changed while it was read')
  const [taken, expected] = [await loader.end(), countRows(tables)]
  if (taken !== expected) {
    throw badArchive('wrong_row_count', `The database took ${taken} rows and the archive holds ${expected}.`)
  }
}

interface Load {
  loading: Loading
  loader: TableLoader
  /** Members of rows that are still to come. */
  places: Map<string, Place>
  progress: LoadProgress
  onProgress: (progress: LoadProgress) => void
}

/** Takes a member to where it belongs; what is not wanted is passed over. */
async function loadMember(member: TarMember, { loading, loader, places, progress, onProgress }: Load): Promise<void> {
  const place = places.get(member.name)
  if (place === undefined) {
    await loader.end()
    onProgress({ ...progress, current: null })
    if (!(await loading.files.take(member, loading.workspaceId))) for await (const _ of member.bytes);
    return
  }
  places.delete(member.name)
  onProgress({ ...progress, current: place.definition.name })
  await loader.take(member, place)
  progress.rows = loader.sent
  if (place.isLast) progress.tablesDone += 1
  onProgress({ ...progress, current: place.definition.name })
}

/** Rows of these tables in all data sources. */
export function countRows(tables: readonly ManifestTable[]): number {
  return tables.flatMap(({ rows }) => rows).reduce((sum, { count }) => sum + count, 0)
}

function placesOf({ manifest, schemas, tables, definitions }: Loading, isKnown: boolean): Map<string, Place> {
  const hashes = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]))
  return new Map(
    tables.flatMap((table, at) =>
      table.rows.flatMap(({ dataSource, members }) =>
        members.map((name) => [name, placeOf(name, dataSource, definitions[at], members.at(-1) === name)] as const),
      ),
    ),
  )

  function placeOf(name: string, label: string, definition: TableDefinition | undefined, isLast: boolean): Place {
    const schema = schemas.get(label)
    if (schema === undefined || definition === undefined) {
      throw badArchive('bad_manifest', `The rows in "${name}" belong to a data source that the archive does not list.`)
    }
    return { definition, schema, sha256: isKnown ? null : (hashes.get(name) ?? ''), isLast }
  }
}
