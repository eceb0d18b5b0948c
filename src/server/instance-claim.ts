import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { sql } from 'kysely'
import { z } from 'zod'

import type { Db } from './db/connection.ts'
import type { Storage } from './storage/storage.ts'

const KEY = 'instance'
/** How many of the newest archives are looked for in a folder. */
const LOOKED_FOR = 100

/** What the processes on one database agree on. */
const Claim = z.object({
  /** What the master key is told by, never the key; null until a process has settled it. */
  keyCheck: z.string().nullable(),
  /** What the marker of the folder says that holds the archives; null while none of them lies in a folder. */
  folderId: z.string().nullable(),
})
export type Claim = z.infer<typeof Claim>

/** Lies in the built-in folder and says which one it is. Its name begins with a dot: it is no stored object. */
export const INSTANCE_MARKER = '.metadeck-instance'

/** What the database says; nothing is settled where it says nothing. */
export async function readClaim(db: Db): Promise<Claim> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return Claim.parse(row?.value ?? { keyCheck: null, folderId: null })
}

/** Changes what the processes agree on; those that do so at the same time wait for each other. Answers what it is then. */
export function changeClaim(db: Db, change: (claim: Claim, trx: Db) => Claim | Promise<Claim>): Promise<Claim> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.instance', 0))`.execute(trx)
    const changed = await change(await readClaim(trx), trx)
    const value = JSON.stringify(changed)
    await trx
      .insertInto('setting')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    return changed
  })
}

/** Whether a folder is where the archives of the built-in target lie: `none` = there are none, and none is being made. */
export async function lookForArchives(db: Db, folder: Storage): Promise<'here' | 'elsewhere' | 'none'> {
  const rows = await db
    .selectFrom('backup')
    .select('object_name')
    .where('target_id', 'is', null)
    .where((where) => where.or([where('object_name', 'is not', null), where('status', 'in', ['queued', 'running'])]))
    .orderBy('id', 'desc')
    .limit(LOOKED_FOR)
    .execute()
  if (rows.length === 0) return 'none'
  for (const { object_name: name } of rows) if (name !== null && (await folder.size(name)) !== null) return 'here'
  return 'elsewhere'
}

/** What the marker of the folder says; undefined = it has none. */
export async function readMarker(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, INSTANCE_MARKER), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.trim() === '' ? undefined : text.trim()
}

/** Marks a folder that has no marker. Of several processes that do so, all answer what the first one wrote. */
export async function writeMarker(folder: string, id: string = randomUUID()): Promise<string> {
  await writeFile(join(folder, INSTANCE_MARKER), `${id}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  return (await readMarker(folder)) ?? id
}
