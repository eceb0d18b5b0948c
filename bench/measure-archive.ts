import { statSync } from 'node:fs'
import { join } from 'node:path'

import type pg from 'pg'

import type { Backup, CreateBackup } from '#api/contract/backups.ts'
import { diffBackup } from '#api/contract/diffs.ts'
import { deleteWorkspace } from '#api/contract/workspaces.ts'

import { type ArchiveServer, startArchiveServer } from './archive-server.ts'
import { fillArchiveWorkspace } from './archive-tables.ts'
import { ms, once, report } from './measure.ts'
import { pgDump, pgRestore, type PgTools, pgTools } from './pg-tools.ts'

const RUNS = 3
const PASSWORD = 'correct horse battery staple'

/** Where everything happens: one workspace, backed up, restored and compared. */
interface Place {
  databaseUrl: string
  dataDir: string
  dumpFile: string
  client: pg.Client
  tools: PgTools | null
  workspaceId: number
  schema: string
}

/**
 * Backup, restore and diff of 2,000,000 rows against `pg_dump -Fc` and `pg_restore` of the same tables on the same
 * server, in turns, and the memory of the server process, which is a fresh one for each kind of work.
 */
export async function measureArchive(databaseUrl: string, client: pg.Client, folder: string): Promise<void> {
  const dataDir = join(folder, 'archive-data')
  const workspace = await withServer({ databaseUrl, dataDir }, ({ call }) => fillArchiveWorkspace(call, client))
  const place: Place = {
    databaseUrl,
    dataDir,
    client,
    tools: await pgTools(client),
    schema: `w${workspace.id}_live`,
    workspaceId: workspace.id,
    dumpFile: join(folder, 'archive.dump'),
  }
  if (place.tools === null)
    process.stdout.write('There is no pg_dump of the version of this server: no ratios to it.\n')
  const plain = await measureBackup(place, 'backup', { workspaceId: workspace.id })
  await measureBackup(place, 'backup with a password', { workspaceId: workspace.id, password: PASSWORD })
  await measureRestore(place, plain.id)
  await measureDiff(place, plain)
}

async function withServer<Result>(
  { databaseUrl, dataDir }: Pick<Place, 'databaseUrl' | 'dataDir'>,
  work: (server: ArchiveServer) => Promise<Result>,
): Promise<Result> {
  const server = await startArchiveServer(databaseUrl, dataDir)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

/** Answers the last backup and how long the writing of one took. */
function measureBackup(place: Place, name: string, body: CreateBackup): Promise<{ id: number; writtenMs: number }> {
  return withServer(place, async (server) => {
    const last = { id: 0, bytes: 0 }
    const written: number[] = []
    const { ours, theirs } = await inTurns(
      async () => {
        const backup = await server.backUp(body)
        Object.assign(last, { id: backup.id, bytes: backup.bytes })
        written.push(duration(backup) - verificationMs(backup))
        return duration(backup)
      },
      () => dumpMs(place),
    )
    const writtenMs = middle(written.slice(1))
    compareTo(`${name}, written`, writtenMs, 'pg_dump -Fc', theirs)
    compareTo(`${name}, written and read back`, ours, 'pg_dump -Fc', theirs)
    compareSizes(name, last.bytes, place)
    reportMemory(name, server)
    return { id: last.id, writtenMs }
  })
}

function measureRestore(place: Place, backupId: number): Promise<void> {
  return withServer(place, async (server) => {
    let run = 0
    const { ours, theirs } = await inTurns(
      async () => {
        run += 1
        const restore = await server.restore(backupId, `Restored ${run}`)
        await server.call(deleteWorkspace, { params: { workspace_id: restore.workspaceId ?? 0 } })
        return duration(restore)
      },
      () => restoreMs(place),
    )
    compareTo('restore into a new workspace', ours, 'pg_restore', theirs)
    reportMemory('restore', server)
  })
}

/** The diff reads the archive and the tables; its rate is held against that of the backup. */
function measureDiff(place: Place, backup: { id: number; writtenMs: number }): Promise<void> {
  return withServer(place, async (server) => {
    const { ours } = await inTurns(
      () =>
        once(async () => {
          const params = { id: backup.id }
          const diff = await server.call(diffBackup, { params, body: { workspaceId: place.workspaceId } })
          if (!diff.same) throw new Error('The archive differs from the workspace that it was made of')
        }),
      () => Promise.resolve(Number.NaN),
    )
    compareTo('diff against the live workspace', ours, 'backup, written', backup.writtenMs)
    reportMemory('diff', server)
  })
}

/** Medians of two contenders that take turns. The first turns are not counted: caches are cold then. */
async function inTurns(
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ ours: number; theirs: number }> {
  await first()
  await second()
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await first())
    theirs.push(await second())
  }
  return { ours: middle(ours), theirs: middle(theirs) }
}

/** NaN where there is no such program. */
async function dumpMs({ tools, databaseUrl, schema, dumpFile }: Place): Promise<number> {
  return tools === null ? Number.NaN : once(() => pgDump(tools, databaseUrl, schema, dumpFile))
}

async function restoreMs({ tools, databaseUrl, schema, dumpFile, client }: Place): Promise<number> {
  return tools === null ? Number.NaN : once(() => pgRestore(tools, databaseUrl, schema, dumpFile, client))
}

function compareTo(name: string, ours: number, other: string, theirs: number): void {
  const isKnown = !Number.isNaN(theirs)
  report(name, ms(ours), isKnown ? `${other} ${ms(theirs)}` : '', isKnown ? theirs / ours : null)
}

function compareSizes(name: string, bytes: number, { tools, dumpFile }: Place): void {
  const dumpBytes = tools === null ? 0 : statSync(dumpFile).size
  const other = tools === null ? '' : `pg_dump -Fc ${megabytes(dumpBytes)}`
  report(`${name}, size`, megabytes(bytes), other, tools === null ? null : dumpBytes / bytes)
}

function reportMemory(name: string, server: ArchiveServer): void {
  const { peak, idle } = server.residentBytes()
  report(`${name}, most memory of the process`, megabytes(peak), `idle ${megabytes(idle)}`, null)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function verificationMs({ stages }: Backup): number {
  return stages.find(({ stage }) => stage === 'verifying')?.ms ?? 0
}

function duration({ startedAt, finishedAt }: Pick<Backup, 'startedAt' | 'finishedAt'>): number {
  return Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
