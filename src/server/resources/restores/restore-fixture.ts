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
