import { type Dirent } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Db } from '../db/connection.ts'
import { takeTurn } from '../resources/schedules/turn.ts'
import type { JobDeps } from './run.ts'

/** How often the folder is looked through. */
const EVERY_MS = 6 * 3_600_000
/** Age at which an object without a file was surely left behind: nothing takes so long to name what it stored. */
const STRAY_MS = 86_400_000
const BATCH = 500
/** Objects of stored files, as uploads and restores name them; anything else in the folder is left alone. */
const OBJECT = /^w\d+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Removes objects of stored files that no file names, a day after they were stored: a restore that was killed leaves such.
 * Nothing is removed while a restore waits or runs: what it has stored is named at its end.
 */
export async function sweepObjects(deps: JobDeps): Promise<void> {
  const { config, connection, files, log, now } = deps
  if (await isRestoring(connection.db)) return
  if (!(await takeTurn(connection.db, 'stray_objects', EVERY_MS, now()))) return
  const folder = join(config.dataDir, 'files')
  const before = now().getTime() - STRAY_MS
  let removed = 0
  for await (const names of batches(await opendir(folder))) {
    for (const name of await withoutFile(connection.db, names)) {
      if (!(await isOlder(join(folder, name), before))) continue
      await files.delete(name)
      removed += 1
    }
  }
  if (removed > 0) log.info({ removed }, 'stored objects that no file names were removed')
}

async function isRestoring(db: Db): Promise<boolean> {
  const running = db.selectFrom('restore').select('id').where('status', 'in', ['queued', 'running']).limit(1)
  return (await running.executeTakeFirst()) !== undefined
}

async function* batches(entries: AsyncIterable<Dirent>): AsyncGenerator<string[]> {
  let names: string[] = []
  for await (const entry of entries) {
    if (!entry.isFile() || !OBJECT.test(entry.name)) continue
    names.push(entry.name)
    if (names.length < BATCH) continue
    yield names
    names = []
  }
  if (names.length > 0) yield names
}

async function withoutFile(db: Db, names: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('file').select('object_name').where('object_name', 'in', names).execute()
  const named = new Set(rows.map(({ object_name: name }) => name))
  return names.filter((name) => !named.has(name))
}

/** False also for what somebody else has just removed. */
async function isOlder(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtimeMs < before
}
