import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { vi } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { addGroup, fingerprint, makeWorkspace, type TestTable } from '../archive/archive-fixture.ts'
import type { Caller } from '../caller.ts'
import { insertBackup, findBackup } from '../resources/backups/store.ts'
import { startRestore } from '../resources/restores/start-restore.ts'
import { findRestore, type RestoreRow } from '../resources/restores/store.ts'
import { undoRestore } from '../resources/restores/undo-restore.ts'
import { createOwner } from '../resources/setup/owner.ts'
import { type KillBench, killCount, openKillBench } from './kill-loop.ts'

/** Small tables and many rows, so that none of the stages is too short to be hit. */
const SMALL_TABLES = killCount(8)
const USERS = 20_000 + killCount(0) * 4_000

const CALLER: Omit<Caller, 'id'> = {
  kind: 'session',
  label: 'test',
  user: null,
  scopes: ALL_SCOPES,
  workspaces: 'all',
  expiresAt: null,
}

/** Two workspaces that differ, a backup of one, and restores of it by workers that are made to be killed. */
export interface RestoreBench extends KillBench {
  /** What is backed up. */
  sourceId: number
  /** Where it is restored to. */
  targetId: number
  backupId: number
  /** Kills the one worker; what it did in the database is over when this answers. */
  crash(): Promise<void>
  /** Starts the next one. */
  recover(): Promise<void>
  /** Begins a restore into the target, or into a workspace that it makes under this name. Answers its id. */
  restore(newWorkspace?: string): Promise<number>
  undo(restoreId: number): Promise<number>
  restoreOf(id: number): Promise<RestoreRow>
  /** Everything a person could notice about a workspace, names of stored files included. */
  print(workspaceId: number): Promise<unknown>
  /** Why backups or their objects are others than the one that was asked for and what undoing needs; null = they are not. */
  strayBackups(): Promise<string | null>
}

/** Opens the bench; its first worker has made the backup and waits for more. */
export async function openRestoreBench(): Promise<RestoreBench> {
  const bench = await openKillBench()
  const { database, deps } = bench
  const sourceId = await makeWorkspace(database, 'Source', tablesOf({ name: 'name', type: 'text' }, SMALL_TABLES))
  const targetId = await makeWorkspace(database, 'Target', tablesOf({ name: 'code', type: 'int' }, 3))
  await fill(database, sourceId, 'name', 'md5(n::text)', USERS)
  await fill(database, targetId, 'code', 'n * 7', USERS / 4)
  for (const [id, group] of [
    [sourceId, 'Shop'],
    [targetId, 'Other'],
  ] as const) {
    await addGroup(database, id, group)
    for (const name of ['one.txt', `${group}.txt`]) await addFile(bench, id, name)
  }
  const person = { name: 'Test', email: 'test@example.com', password: 'correct horse battery' }
  const ownerId = (await createOwner(database, person, null, new Date())) ?? 0
  let worker = await bench.startWorker()
  const backupId = await makeBackup(bench, sourceId)
  return {
    ...bench,
    sourceId,
    targetId,
    backupId,
    async crash() {
      await bench.kill(worker)
      await vi.waitUntil(async () => (await bench.openTransactions()) === 0, { timeout: 20_000, interval: 10 })
    },
    async recover() {
      worker = await bench.startWorker()
    },
    async restore(newWorkspace) {
      const into = newWorkspace ?? 'Target'
      const row = {
        backup_id: backupId,
        workspace_id: newWorkspace === undefined ? targetId : null,
        workspace_name: into,
        into_new: newWorkspace !== undefined,
        created_by: 'test',
        created_at: new Date(),
      }
      return (await startRestore(deps, row, { password: '', by: null })).id
    },
    undo: async (restoreId) =>
      (await undoRestore(deps, { ...CALLER, id: ownerId }, await findOrThrow(bench, restoreId))).id,
    restoreOf: (id) => findOrThrow(bench, id),
    async print(workspaceId) {
      const files = await database.db
        .selectFrom('file')
        .select(['name', 'sha256', 'object_name'])
        .where('workspace_id', '=', workspaceId)
        .orderBy('name')
        .execute()
      const sizes = await Promise.all(files.map((file) => deps.files.size(file.object_name)))
      return {
        ...(await fingerprint(database, workspaceId)),
        files: files.map(({ name, sha256 }, at) => ({ name, sha256, bytes: sizes[at] })),
      }
    },
    strayBackups: () => strayBackups(bench, backupId),
  }
}

function tablesOf(column: TestTable['columns'][number], small: number): TestTable[] {
  const id = { name: 'id', type: 'int' } as const
  const indexes = [{ type: 'btree' as const, fields: [{ name: column.name }] }]
  return [
    { name: 'users', columns: [id, column], indexes },
    { name: 'orders', columns: [id, { name: 'user_id', type: 'int', table: 'users' }] },
    ...Array.from({ length: small }, (_, at) => ({ name: `small ${at}`, columns: [id, column], indexes })),
  ]
}

async function fill({ pool }: KillBench['database'], id: number, column: string, value: string, count: number) {
  await pool.query(`insert into w${id}_live.users (${column}) select ${value} from generate_series(1, ${count}) n`)
  await pool.query(`insert into w${id}_live.orders (user_id) select n from generate_series(1, ${count / 2}) n`)
}

/** Adds a stored file to the workspace. */
export async function addFile(
  { database, deps }: Pick<KillBench, 'database' | 'deps'>,
  workspaceId: number,
  name: string,
): Promise<void> {
  const bytes = Buffer.from(`${name} of ${workspaceId}`)
  const objectName = `w${workspaceId}-${name}`
  await deps.files.write(objectName, Readable.from([bytes], { objectMode: false }))
  await database.db
    .insertInto('file')
    .values({
      workspace_id: workspaceId,
      name,
      type: 'attachment',
      mime: 'text/plain',
      access: 'private',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      path: `/vault/${workspaceId}/${name}`,
      object_name: objectName,
      meta: '{}',
      created_at: new Date(),
    })
    .execute()
}

async function makeBackup({ database, deps }: KillBench, workspaceId: number): Promise<number> {
  const { id } = await insertBackup(database.db, {
    workspace_id: workspaceId,
    workspace_name: 'Source',
    branch: 'v1',
    kind: 'manual',
    definition_only: false,
    includes_files: true,
    encrypted: false,
    created_by: 'test',
    created_at: new Date(),
  })
  await deps.jobs.enqueue('backup', { backupId: id, sealedPassword: null })
  const isDone = async (): Promise<boolean> => (await findBackup(database.db, id))?.status === 'succeeded'
  await vi.waitUntil(isDone, { timeout: 20_000, interval: 20 })
  return id
}

async function findOrThrow({ database }: KillBench, id: number): Promise<RestoreRow> {
  const row = await findRestore(database.db, id)
  if (row === undefined) throw new Error(`There is no restore ${id}`)
  return row
}

async function strayBackups(bench: KillBench, backupId: number): Promise<string | null> {
  const { db } = bench.database
  const rows = await db.selectFrom('backup').select(['id', 'kind', 'status', 'object_name']).execute()
  const restores = await db.selectFrom('restore').select(['id', 'safety_backup_id', 'into_new', 'undo_of']).execute()
  // A workspace that is made has nothing to save; everything else has exactly one safety backup.
  const expected = restores
    .filter(({ into_new: isNew, undo_of: undone }) => !isNew || undone !== null)
    .map((restore) => restore.safety_backup_id)
  const wanted = [backupId, ...expected].map(String).toSorted()
  const found = rows.map(({ id }) => String(id)).toSorted()
  if (wanted.join() !== found.join()) return `backups ${found.join()} instead of ${wanted.join()}`
  const notWhole = rows.filter(({ status }) => status !== 'succeeded')
  if (notWhole.length > 0) return `backups that are not whole: ${JSON.stringify(notWhole)}`
  const { whole, unfinished } = bench.stored()
  if (unfinished.length > 0) return `left of unfinished ones: ${unfinished.join()}`
  const named = rows.map((row) => row.object_name ?? '').toSorted()
  return named.join() === whole.toSorted().join() ? null : `objects ${whole.join()} instead of ${named.join()}`
}

/** What a reader saw, each state once for as long as it lasted. */
export interface Seen {
  states: string[]
  reads: number
}

/** Reads over and over, from a connection of its own, until it is stopped. A read that fails is a state, too. */
export async function openReader(
  { options }: KillBench['database'],
  look: (client: pg.Client) => Promise<string>,
): Promise<{ stop: () => Promise<Seen> }> {
  const client = new pg.Client({ ...options, application_name: 'reader' })
  await client.connect()
  const seen: Seen = { states: [], reads: 0 }
  const see = async (): Promise<void> => {
    const state = await look(client).catch((error: Error) => `failed: ${error.message}`)
    if (seen.states.at(-1) !== state) seen.states.push(state)
    seen.reads += 1
  }
  await see()
  const stopping = new AbortController()
  const reading = (async () => {
    while (!stopping.signal.aborted) {
      await see()
      await sleep(5)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await reading
      await see()
      await client.end()
      return seen
    },
  }
}

/**
 * A workspace at one moment: what is defined, what the database has of it, rows and stored files. One statement, so that
 * everything in it is of the same moment.
 */
export async function lookAt(client: pg.Client, workspaceId: number): Promise<string> {
  const schema = `w${workspaceId}_live`
  const { rows } = await client.query<{ state: string }>(
    `select json_build_array(
       (select json_build_array(count(*), sum(hashtext(t::text)::bigint)) from ${schema}.users t),
       (select json_build_array(count(*), sum(hashtext(t::text)::bigint)) from ${schema}.orders t),
       (select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = $2 and relkind = 'r'),
       (select json_agg(name || jsonb_path_query_array(columns, '$[*].name')::text order by name)
        from metadeck.table_definition where workspace_id = $1),
       (select json_agg(name || sha256 order by name) from metadeck.file where workspace_id = $1),
       (select json_agg(name order by name) from metadeck.api_group where workspace_id = $1)
     )::text as state`,
    [workspaceId, schema],
  )
  return rows[0]?.state ?? ''
}

/** The same for a workspace that may not be there: empty then. */
export async function lookFor(client: pg.Client, name: string): Promise<string> {
  const find = async (): Promise<number | undefined> =>
    (await client.query<{ id: number }>('select id from metadeck.workspace where name = $1', [name])).rows[0]?.id
  const id = await find()
  if (id === undefined) return ''
  try {
    return await lookAt(client, id)
  } catch (error) {
    // Of a reader and a deletion that wait for each other PostgreSQL may end the reader.
    if (error instanceof pg.DatabaseError && error.code === '40P01') return lookFor(client, name)
    // It was deleted between the two.
    if ((await find()) === undefined) return ''
    throw error
  }
}
