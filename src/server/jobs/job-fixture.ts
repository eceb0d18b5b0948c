import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'

import pg from 'pg'
import { vi } from 'vitest'

import { type Backup, type CreateBackup, createBackup, getBackup } from '#api/contract/backups.ts'

import { openFolderStorage } from '../storage/folder.ts'
import type { Storage } from '../storage/storage.ts'
import type { TestApp } from '../testing/test-app.ts'
import type { JobDeps, JobRun } from './run.ts'

/** For tests: what the queue hands to jobs, so that a test can run one by itself. */
export function jobDeps({ deps, database }: TestApp): JobDeps {
  return { ...deps, connectAlone: () => new pg.Client(database.options) }
}

/** One attempt at a job, as the queue would make it. */
export function attempt<Payload>(payload: Payload, more: Partial<JobRun<Payload>> = {}): JobRun<Payload> {
  return { payload, attempt: 1, isLastAttempt: false, signal: new AbortController().signal, ...more }
}

/** Takes a backup through the queue and waits for its end, whatever that is. */
export async function takeBackup({ call }: Pick<TestApp, 'call'>, body: CreateBackup): Promise<Backup> {
  const { id } = await call(createBackup, { body })
  return waitForBackup({ call }, id, ({ status }) => status !== 'queued' && status !== 'running')
}

/** The backup once it is as it should be. */
export async function waitForBackup(
  { call }: Pick<TestApp, 'call'>,
  id: number,
  fits: (backup: Backup) => boolean,
): Promise<Backup> {
  let backup = await call(getBackup, { params: { id } })
  const look = async (): Promise<boolean> => {
    backup = await call(getBackup, { params: { id } })
    return fits(backup)
  }
  await vi.waitUntil(look, { timeout: 20_000, interval: 50 })
  return backup
}

/** Remembers the stores of the app; what it answers puts them back. */
export function keepStores({ deps: { targets, files } }: Pick<TestApp, 'deps'>): () => void {
  const [open, read] = [targets.open.bind(targets), files.read.bind(files)]
  return () => {
    targets.open = open
    files.read = read
  }
}

/** Puts a store of the environment in the place of the folder of the instance: a disk that is full, a share that hangs. */
export async function withStore(app: TestApp, change: (folder: Storage) => Partial<Storage>): Promise<Storage> {
  const folder = await openFolderStorage(`${app.dataDir}/backups`)
  const storage = { ...folder, ...change(folder) }
  app.deps.targets.open = () => Promise.resolve(storage)
  return folder
}

/** A place where a store stops and waits. */
export interface Stall {
  /** Resolves when something has come there. */
  reached: Promise<void>
  go: () => void
  /** The same stream, which stops behind its first bytes. */
  slow(source: Readable): Readable
  /** Waits there. */
  stop: () => Promise<void>
}

/** Makes a place where a store stops until it is let go; an error of a stream passes at once. */
export function createStall(): Stall {
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const stop = async (): Promise<void> => {
    reached.resolve()
    await gate.promise
  }
  return {
    reached: reached.promise,
    go: () => gate.resolve(),
    stop,
    slow(source) {
      const target = new PassThrough()
      source.on('error', (error) => target.destroy(error))
      target.on('close', () => source.destroy())
      const pass = async (): Promise<void> => {
        for await (const chunk of source) {
          if (!target.write(chunk)) await once(target, 'drain')
          await stop()
        }
        target.end()
      }
      pass().catch((error: Error) => target.destroy(error))
      return target
    },
  }
}

/** Where the archive of a backup lies in the built-in folder. */
export function storedFile(dataDir: string, id: number): string {
  const folder = join(dataDir, 'backups')
  const name = readdirSync(folder).find((one) => one.startsWith(`backup-${id}-`))
  if (name === undefined) throw new Error(`No archive of backup ${id} lies in ${folder}`)
  return join(folder, name)
}

/** A row for an archive that was just uploaded under this name into the built-in target, and waits to be verified. */
export async function insertArriving(
  { deps, database }: Pick<TestApp, 'deps' | 'database'>,
  objectName: string,
  more: { bytes?: number; encrypted?: boolean } = {},
): Promise<number> {
  const { id } = await database.db
    .insertInto('backup')
    .values({
      workspace_id: null,
      workspace_name: 'mine',
      branch: '',
      kind: 'uploaded',
      definition_only: false,
      encrypted: false,
      status: 'running',
      stage: 'verifying',
      object_name: objectName,
      created_by: 'test',
      created_at: deps.now(),
      ...more,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
