import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { vi } from 'vitest'

import { type Backup, createBackup, getBackup } from '#api/contract/backups.ts'
import { type CreateRestore, createRestore, getRestore, type Restore, undoRestore } from '#api/contract/restores.ts'

import type { TestApp } from '../../testing/test-app.ts'

/** For tests: backups and restores by the real jobs, waited for. */

/** Reads until it is neither queued nor running. */
export async function settled<Item extends { status: string }>(read: () => Promise<Item>): Promise<Item> {
  const isSettled = async (): Promise<boolean> => !/queued|running/.test((await read()).status)
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 50 })
  return read()
}

/** A finished backup of the workspace. */
export async function backupOf(app: TestApp, workspaceId: number, password = ''): Promise<Backup> {
  const { id } = await app.call(createBackup, { body: { workspaceId, password } })
  return settled(() => app.call(getBackup, { params: { id } }))
}

/** A restore that has ended, however. */
export async function restored(app: TestApp, body: CreateRestore): Promise<Restore> {
  const { id } = await app.call(createRestore, { body })
  return settled(() => app.call(getRestore, { params: { id } }))
}

/** The end of the restore that takes this one back. */
export async function undone(app: TestApp, restoreId: number): Promise<Restore> {
  const { id } = await app.call(undoRestore, { params: { id: restoreId } })
  return settled(() => app.call(getRestore, { params: { id } }))
}

/** Stores a file with random bytes in the workspace; answers its path. */
export async function addFile({ deps, database }: TestApp, workspaceId: number, name: string): Promise<string> {
  const bytes = randomBytes(100_000)
  const path = `/vault/${randomBytes(12).toString('hex')}/${name}`
  const objectName = `w${workspaceId}-${randomBytes(12).toString('hex')}`
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
      path,
      object_name: objectName,
      meta: '{}',
      created_at: new Date(),
    })
    .execute()
  return path
}

/** Names of the stored files of a workspace with the hashes of the bytes that are really there. */
export async function filesOf({ deps, database: { db } }: TestApp, workspaceId: number): Promise<string[]> {
  const rows = await db.selectFrom('file').selectAll().where('workspace_id', '=', workspaceId).execute()
  const told = rows.map(async ({ name, object_name: object }) => {
    const bytes = await buffer((await deps.files.read(object)).stream)
    return `${name} ${createHash('sha256').update(bytes).digest('hex')}`
  })
  return (await Promise.all(told)).toSorted()
}
