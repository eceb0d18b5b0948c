import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type pg from 'pg'

import { copyIn } from '../tables/copy.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { badArchive, corrupted } from './archive-error.ts'
import { type ArchiveSource, openArchive } from './envelope.ts'
import type { FileLoader } from './load-files.ts'
import type { Manifest } from './manifest.ts'
import { describeRefusal } from './refusal.ts'
import type { BuiltSchemas } from './swap-schemas.ts'
import { readTar, type TarMember } from './tar.ts'
import type { VerifiedArchive } from './verify.ts'

export interface LoadProgress {
  current: string | null
  tablesDone: number
  rows: number
}

export interface Loading {
  workspaceId: number
  archive: VerifiedArchive
  source: ArchiveSource
  password: string
  schemas: BuiltSchemas
  /** In the order of the manifest's tables. */
  definitions: readonly TableDefinition[]
  files: FileLoader
}

/** Which table a member's rows belong to. */
interface Place {
  definition: TableDefinition
  schema: string
  sha256: string
  /** True for the last part of a table. */
  isLast: boolean
}

/**
 * Reads the archive a second time, copies the rows into the new tables and puts the stored files into their store.
 * What was verified before is checked again as it passes: the file may have changed in between.
 */
export async function loadMembers(
  client: pg.ClientBase,
  loading: Loading,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const { manifest } = loading.archive
  if (manifest.files.length === 0 && manifest.tables.every((table) => table.rows.length === 0)) return
  const places = placesOf(manifest, loading)
  const progress: LoadProgress = { current: null, tablesDone: 0, rows: 0 }
  const { tar } = await openArchive(loading.source, loading.password)
  for await (const member of readTar(tar)) {
    const place = places.get(member.name)
    if (place === undefined) {
      onProgress({ ...progress, current: null })
      if (!(await loading.files.take(member, loading.workspaceId))) for await (const _ of member.bytes);
      continue
    }
    places.delete(member.name)
    onProgress({ ...progress, current: place.definition.name })
    progress.rows += await copyMember(client, member, place)
    if (place.isLast) progress.tablesDone += 1
    onProgress({ ...progress, current: place.definition.name })
  }
  if (places.size > 0 || !loading.files.isComplete) throw corrupted('it changed while it was read')
  if (progress.rows !== manifest.counts.rows) {
    throw badArchive(
      'wrong_row_count',
      `The database took ${progress.rows} rows and the archive holds ${manifest.counts.rows}.`,
    )
  }
}

function placesOf(manifest: Manifest, { schemas, definitions }: Loading): Map<string, Place> {
  const hashes = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]))
  return new Map(
    manifest.tables.flatMap((table, at) =>
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
  const target = copyIn(client, place.schema, place.definition)
  try {
    await pipeline(Readable.from(hashed(), { objectMode: false }), target)
  } catch (error) {
    throw describeRefusal(error, place.definition.name)
  }
  return target.rowCount
}
