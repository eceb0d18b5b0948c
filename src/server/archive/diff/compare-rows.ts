import { schemaName } from '../../db/workspace.ts'
import { copyOut } from '../../tables/copy.ts'
import { corrupted } from '../archive-error.ts'
import { type ArchiveSource, openArchive } from '../envelope.ts'
import type { Manifest, ManifestRows } from '../manifest.ts'
import type { Snapshot } from '../snapshot.ts'
import { readTar, type TarMember } from '../tar.ts'
import { keepFields } from './keep-fields.ts'
import type { ComparedTable } from './line-up-tables.ts'
import { tallyRemoved } from './live-rows.ts'
import { mergeRows } from './merge-rows.ts'
import type { ArchivedTable } from './pair-tables.ts'
import { chunksOf, type RecordSource, RecordStream } from './record-stream.ts'
import { archivedRecords } from './row-source.ts'
import type { Sorter } from './sort-records.ts'

export interface RowSides {
  source: ArchiveSource
  password: string
  manifest: Manifest
  snapshot: Snapshot
  /** For rows that are not in the order of their ids. */
  sorter: Sorter
}

type Members = ReturnType<typeof readTar>

/** The rows of a table in one data source of the archive. */
interface Place {
  table: ComparedTable
  archived: ArchivedTable
  rows: ManifestRows
}

/** Compares the rows of the tables in all data sources, both sides as streams, and tallies what differs. */
export async function compareRows(sides: RowSides, tables: readonly ComparedTable[]): Promise<void> {
  for (const table of tables) await tallyGoing(sides, table)
  const places = placesOf(tables)
  if (places.size === 0) return
  const { tar } = await openArchive(sides.source, sides.password)
  const members = readTar(tar)
  const hashes = new Map(sides.manifest.members.map(({ name, sha256 }) => [name, sha256]))
  try {
    while (places.size > 0) {
      const next = await members.next()
      if (next.done === true) throw corrupted('rows that its table of contents lists are not there')
      const place = places.get(next.value.name)
      places.delete(next.value.name)
      if (place === undefined) for await (const _ of next.value.bytes);
      else await comparePlace(sides, place, archived(members, next.value, place, hashes))
    }
  } finally {
    await members.return(undefined)
    await tar.return(undefined)
  }
}

/** By the first member of each: the others follow it. */
function placesOf(tables: readonly ComparedTable[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const table of tables) {
    const { archived: side } = table.pair
    if (side === null) continue
    for (const rows of side.listed.rows) places.set(rows.members[0] ?? '', { table, archived: side, rows })
  }
  return places
}

/** Rows that cannot be in the archive: of a table or a data source that it does not have, or with ids of another type. */
async function tallyGoing({ snapshot }: RowSides, table: ComparedTable): Promise<void> {
  const { pair, tally, columns, isComparable } = table
  const definition = pair.live
  if (definition === null) return
  const kept = new Set(isComparable ? pair.archived?.listed.rows.map(({ dataSource }) => dataSource) : [])
  const { workspace, dataSources } = snapshot.contents
  for (const { label } of dataSources) {
    if (kept.has(label)) continue
    await tallyRemoved(snapshot, { schema: schemaName(workspace.id, label), definition, columns }, tally)
  }
}

async function comparePlace(sides: RowSides, place: Place, source: AsyncGenerator<Buffer>): Promise<void> {
  const { table, archived: side, rows } = place
  const all = side.definition.columns.map(({ name }) => name)
  const { keyType, tally } = table
  const { name } = side.definition
  const unsorted = { source, table: name, keyType, columns: all.length }
  const sorted = rows.order === 'id' ? source : sides.sorter.sorted(unsorted)
  const places = table.columns.map((column) => all.indexOf(column))
  const records = places.length === all.length ? sorted : keepFields(sorted, places, name)
  const now = await liveRecords(sides.snapshot, table, rows.dataSource)
  await mergeRows(new RecordStream(chunksOf(records), name), new RecordStream(now, name), keyType, tally)
}

function archived(
  members: Members,
  first: TarMember,
  { archived: { definition }, rows }: Place,
  hashes: ReadonlyMap<string, string>,
): AsyncGenerator<Buffer> {
  const columns = definition.columns.map(({ name }) => name)
  return archivedRecords(members, first, { members: rows.members, columns }, hashes)
}

/** The rows of the workspace that the archive's are compared with, in the order of their ids; none where it has none. */
async function liveRecords(snapshot: Snapshot, table: ComparedTable, dataSource: string): Promise<RecordSource> {
  const { live } = table.pair
  const { workspace, dataSources } = snapshot.contents
  if (live === null || !table.isComparable || !dataSources.some(({ label }) => label === dataSource)) return NONE
  const columns = live.columns.filter(({ name }) => table.columns.includes(name))
  const ordered = columns.toSorted((a, b) => table.columns.indexOf(a.name) - table.columns.indexOf(b.name))
  const copied = copyOut(snapshot.client, schemaName(workspace.id, dataSource), { name: live.name, columns: ordered })
  // The header, which is what was asked for.
  for await (const _ of copied.line());
  return copied
}

const NONE: RecordSource = { next: () => Promise.resolve(0), fill: (_target, end) => Promise.resolve({ end }) }
