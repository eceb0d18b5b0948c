import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

import type { TableDefinition } from '../tables/definition.ts'
import { badArchive, corrupted } from './archive-error.ts'
import { type ArchiveSource, openArchive } from './envelope.ts'
import type { FileLoader } from './load-files.ts'
import type { Manifest, ManifestTable } from './manifest.ts'
import { describeRefusal } from './refusal.ts'
import type { BuiltSchemas } from './swap-schemas.ts'
import { readTar, type TarMember } from './tar.ts'

export interface LoadProgress {
  current: string | null
  tablesDone: number
  rows: number
}

export interface Loading {
  workspaceId: number
  manifest: Manifest
  source: ArchiveSource
  password: string
  schemas: BuiltSchemas
  /** Tables of the manifest whose rows are wanted. */
  tables: readonly ManifestTable[]
  /** In the order of `tables`. */
  definitions: readonly TableDefinition[]
  files: FileLoader
}

/** How far unpacking may be ahead of the database, so that neither waits for the other at every chunk. */
const AHEAD_BYTES = 1_048_576

/** Which table a member's rows belong to. */
interface Place {
  definition: TableDefinition
  schema: string
  sha256: string
  /** True for the last part of a table. */
  isLast: boolean
}

/**
 * Reads the archive, copies the rows into the new tables and puts the stored files into their store. Each member must be
 * the one that the manifest lists: where the archive was verified before, the file may have changed in between.
 */
export async function loadMembers(
  client: pg.ClientBase,
  loading: Loading,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const { tables, files } = loading
  const places = placesOf(loading)
  const isComplete = (): boolean => places.size === 0 && files.isComplete
  if (isComplete()) return
  // Behind the chosen tables nothing is wanted; of a whole import the end of the archive is, too.
  const isEarly = tables.length < loading.manifest.tables.length
  const progress: LoadProgress = { current: null, tablesDone: 0, rows: 0 }
  const { tar } = await openArchive(loading.source, loading.password)
  try {
    for await (const member of readTar(tar)) {
      if (isEarly && isComplete()) break
      await loadMember(client, member, { loading, places, progress, onProgress })
    }
  } finally {
    await tar.return(undefined)
  }
  if (!isComplete()) throw corrupted('it changed while it was read')
  const expected = countRows(tables)
  if (progress.rows !== expected) {
    throw badArchive('wrong_row_count', `The database took ${progress.rows} rows and the archive holds ${expected}.`)
  }
}

interface Load {
  loading: Loading
  /** Members of rows that are still to come. */
  places: Map<string, Place>
  progress: LoadProgress
  onProgress: (progress: LoadProgress) => void
}

/** Takes a member to where it belongs; what is not wanted is passed over. */
async function loadMember(
  client: pg.ClientBase,
  member: TarMember,
  { loading, places, progress, onProgress }: Load,
): Promise<void> {
  const place = places.get(member.name)
  if (place === undefined) {
    onProgress({ ...progress, current: null })
    if (!(await loading.files.take(member, loading.workspaceId))) for await (const _ of member.bytes);
    return
  }
  places.delete(member.name)
  onProgress({ ...progress, current: place.definition.name })
  progress.rows += await copyMember(client, member, place)
  if (place.isLast) progress.tablesDone += 1
  onProgress({ ...progress, current: place.definition.name })
}

/** Rows of these tables in all data sources. */
export function countRows(tables: readonly ManifestTable[]): number {
  return tables.flatMap(({ rows }) => rows).reduce((sum, { count }) => sum + count, 0)
}

function placesOf({ manifest, schemas, tables, definitions }: Loading): Map<string, Place> {
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
    return { definition, schema, sha256: hashes.get(name) ?? '', isLast }
  }
}

async function copyMember(client: pg.ClientBase, member: TarMember, place: Place): Promise<number> {
  const hash = createHash('sha256')
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of member.bytes) {
      hash.update(chunk)
      yield chunk
    }
    if (hash.digest('hex') !== place.sha256) throw corrupted(`"${member.name}" changed while it was read`)
  }
  const target = copyInFrozen(client, place.schema, place.definition)
  try {
    await pipeline(hashed, target)
  } catch (error) {
    throw describeRefusal(error, place.definition.name)
  }
  return target.rowCount
}

/**
 * Takes CSV as archives hold it into a table that this transaction has made: its rows need no mark of who may see them,
 * so that nobody writes them a second time (FREEZE).
 */
function copyInFrozen(
  client: pg.ClientBase,
  schema: string,
  { name, columns }: TableDefinition,
): Writable & { rowCount: number } {
  const list = columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
  const text = `copy ${table} (${list}) from stdin (format csv, header match, encoding 'UTF8', freeze)`
  return client.query(copyFrom(text, { highWaterMark: AHEAD_BYTES }))
}
