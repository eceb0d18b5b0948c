import type { Readable } from 'node:stream'

import type { Connection } from '../db/connection.ts'
import { schemaName } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import { copyOut } from '../tables/copy.ts'
import { readNextId } from '../tables/ddl.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { coverageOf } from './coverage.ts'
import { printContents } from './definition-members.ts'
import { seal } from './envelope.ts'
import { FORMAT_VERSION, MANIFEST_MAX_BYTES, MANIFEST_NAME, PART_BYTES } from './format.ts'
import type { Manifest, ManifestRows } from './manifest.ts'
import { FileNames } from './member-name.ts'
import { MemberWriter } from './member-writer.ts'
import { PartRoom, rowParts } from './row-parts.ts'
import { openSnapshot, type Snapshot } from './snapshot.ts'
import { TAR_END } from './tar.ts'
import { writeFiles, type WrittenFiles } from './write-files.ts'

/** How far an archive has come; figures only grow. */
export interface WriteProgress {
  stage: 'definitions' | 'rows'
  /** Table being copied. */
  current: string | null
  tablesDone: number
  tablesTotal: number
  rows: number
}

export interface WriteRequest {
  workspaceId: number
  /** Empty = the live branch. */
  branch: string
  /** Empty = not encrypted. */
  password: string
  includesRows: boolean
  /** The store of the workspace's files; without it they are left out, and the coverage says so. */
  files?: Storage | undefined
  /** Release of this server. */
  version: string
  now: Date
  onProgress?: (progress: WriteProgress) => void
}

export interface WrittenArchive {
  workspaceName: string
  branch: string
  /** The bytes. Whoever does not read it to the end must destroy it: it holds a transaction open. */
  stream: Readable
}

/** Members written so far and what goes into the manifest about them. */
interface Writing {
  request: WriteRequest
  snapshot: Snapshot
  writer: MemberWriter
  room: PartRoom
  progress: WriteProgress
}

/**
 * Opens a workspace for writing as an archive. What can be refused (no such workspace or branch) is refused here,
 * before the first byte. The stream ends with an error when anything fails; it never ends early without one.
 */
export async function writeArchive(connection: Connection, request: WriteRequest): Promise<WrittenArchive> {
  const snapshot = await openSnapshot(connection, request.workspaceId, request.branch, request.includesRows)
  const { workspace, branch, definitions, dataSources } = snapshot.contents
  const tablesTotal = definitions.length * (request.includesRows ? dataSources.length : 1)
  const writing: Writing = {
    request,
    snapshot,
    writer: new MemberWriter(request.now),
    room: new PartRoom(PART_BYTES),
    progress: { stage: 'definitions', current: null, tablesDone: 0, tablesTotal, rows: 0 },
  }
  const stream = await seal(tarBytes(writing), request.password).catch(async (error: unknown) => {
    await snapshot.close(true)
    throw error
  })
  // A reader that goes away must not wait for what the generator is waiting for, nor for it to begin.
  stream.once('close', () => void snapshot.close(true))
  return { workspaceName: workspace.name, branch: branch.label, stream }
}

async function* tarBytes(writing: Writing): AsyncGenerator<Buffer> {
  let isWhole = false
  try {
    moveOn(writing, {})
    const contents = printContents(writing.snapshot.contents)
    for (const { name, text } of contents.members) yield* writing.writer.write(name, Buffer.from(text))
    const tables: Manifest['tables'] = contents.tables.map((table) => ({ ...table, rows: [] }))
    if (writing.request.includesRows) yield* allRows(writing, contents.files, tables)
    const files = yield* allFiles(writing)
    const { apiGroups, constructs } = contents
    yield* manifestMember(writing, { tables, apiGroups, constructs, files })
    isWhole = true
  } finally {
    await writing.snapshot.close(!isWhole)
  }
}

async function* allRows(
  writing: Writing,
  files: ReadonlyMap<number, string>,
  tables: Manifest['tables'],
): AsyncGenerator<Buffer> {
  const { dataSources, definitions } = writing.snapshot.contents
  const folders = new FileNames()
  for (const { label } of dataSources) {
    const folder = `rows/${folders.nameFor(label)}`
    for (const [at, definition] of definitions.entries()) {
      moveOn(writing, { stage: 'rows', current: definition.name })
      tables[at]?.rows.push(yield* tableRows(writing, label, definition, `${folder}/${files.get(definition.id)}`))
      moveOn(writing, { current: null, tablesDone: writing.progress.tablesDone + 1 })
    }
  }
}

async function* allFiles({ request, snapshot, writer }: Writing): AsyncGenerator<Buffer, WrittenFiles> {
  if (request.files === undefined) return { files: [], lost: [] }
  return yield* writeFiles(request.files, snapshot.contents.files, writer)
}

function moveOn(writing: Writing, step: Partial<WriteProgress>): void {
  writing.progress = { ...writing.progress, ...step }
  writing.request.onProgress?.(writing.progress)
}

/** Copies one table out, part by part. Counts must agree with what PostgreSQL says it sent. */
async function* tableRows(
  writing: Writing,
  dataSource: string,
  definition: TableDefinition,
  path: string,
): AsyncGenerator<Buffer, ManifestRows> {
  const { client, db, contents } = writing.snapshot
  const schema = schemaName(contents.workspace.id, dataSource)
  const nextId = await readNextId(db, schema, definition)
  const copy = copyOut(client, schema, definition)
  const members: string[] = []
  let count = 0
  for await (const { rows, size, bytes, isLast } of rowParts(copy, writing.room)) {
    const isOnly = isLast && members.length === 0
    const name = isOnly ? `${path}.csv` : `${path}/${String(members.length + 1).padStart(4, '0')}.csv`
    members.push(name)
    if (Symbol.asyncIterator in bytes) yield* writing.writer.stream(name, size, bytes)
    else yield* writing.writer.write(name, bytes)
    count += rows
    moveOn(writing, { rows: writing.progress.rows + rows })
  }
  if (copy.rowCount !== count) {
    throw new Error(`The database sent ${copy.rowCount} rows of ${definition.name} and ${count} arrived`)
  }
  return { dataSource, count, nextId, order: 'id', members }
}

interface ManifestParts extends Pick<Manifest, 'tables' | 'apiGroups' | 'constructs'> {
  files: WrittenFiles
}

async function* manifestMember(writing: Writing, parts: ManifestParts): AsyncGenerator<Buffer> {
  const { request, snapshot, writer } = writing
  const { workspace, branch, dataSources, definitions, apiGroups, constructs } = snapshot.contents
  const { files, lost } = parts.files
  const { includesRows } = request
  const includesFiles = request.files !== undefined
  const rows = writing.progress.rows
  const manifest: Manifest = {
    format: FORMAT_VERSION,
    metadeck: request.version,
    created: request.now.toISOString(),
    workspace: { name: workspace.name, guid: workspace.guid, settings: settingsOf(workspace) },
    branch: { label: branch.label, guid: branch.guid },
    dataSources,
    includesRows,
    tables: parts.tables,
    apiGroups: parts.apiGroups,
    constructs: parts.constructs,
    includesFiles,
    files,
    counts: {
      tables: definitions.length,
      apiGroups: apiGroups.length,
      constructs: constructs.length,
      files: files.length,
      filesLost: lost.length,
      rows,
      bytes: writer.bytes,
    },
    coverage: coverageOf(snapshot.contents, { includesRows, rows, includesFiles, files: files.length, lost }),
    members: writer.members,
  }
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  if (text.length > MANIFEST_MAX_BYTES)
    throw new AppError('too_large', 'The workspace has too many tables, constructs and files for an archive.')
  yield* writer.write(MANIFEST_NAME, text)
  yield TAR_END
}

function settingsOf(workspace: Snapshot['contents']['workspace']): Manifest['workspace']['settings'] {
  const { swagger, documentation, preferences, realtime_enabled: enabled, realtime_hash: hash } = workspace
  return { swagger, documentation, preferences, realtime: { enabled, hash } }
}
