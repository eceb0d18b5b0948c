import type pg from 'pg'

import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { JobKind, JobQueue } from './queue.ts'

/** A target that is down, or a lost connection, is tried again for about a quarter of an hour. */
export const RETRY_LIMIT = 9
/** Doubled from attempt to attempt. */
export const RETRY_DELAY_SECONDS = 2
export const RETRY_DELAY_MAX_SECONDS = 300

/** When an attempt that failed now is made again, at the latest. */
export function nextAttemptAt({ attempt }: Pick<JobRun<unknown>, 'attempt'>, now: Date): Date {
  const seconds = Math.min(RETRY_DELAY_SECONDS * 2 ** (attempt - 1), RETRY_DELAY_MAX_SECONDS)
  return new Date(now.getTime() + seconds * 1_000)
}

/** One attempt at a job. */
export interface JobRun<Payload> {
  payload: Payload
  /** From 1. */
  attempt: number
  /** Aborted when the process stops, or when the queue has given the job to somebody else. */
  signal: AbortSignal
  /** True where a further failure is final. */
  isLastAttempt: boolean
}

/** Why a job stopped in the middle: it was handed back and will be started over. */
export class HandedBack extends Error {
  override name = 'HandedBack'

  constructor() {
    super('The server is stopping; the job will be started over')
  }
}

/** Tells the queue to try again later. What went wrong is in the server's log, not in the queue. */
export class TryAgain extends Error {
  override name = 'TryAgain'
}

/** What a job may need: what resources need, further jobs to put in the queue, and connections beside the pool. */
export type JobDeps = Omit<Deps, 'jobs'> & { jobs: Pick<JobQueue, 'enqueue'>; connectAlone: () => pg.Client }

/** Name of the lock that is held while the job of this backup or restore runs. */
export function jobLock(kind: JobKind, itemId: number): string {
  return `metadeck.${kind}.${itemId}`
}

/**
 * Runs `work` while holding the lock `name`, so that of two attempts at one job only one runs. The lock goes with its
 * connection, whatever happens to the process. That is none of the pool's: jobs that hold a lock and wait for the pool
 * must not be what the pool is full of.
 */
export async function withJobLock<Result>(
  { connectAlone }: Pick<JobDeps, 'connectAlone'>,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = connectAlone()
  // A lost connection shows in the next query; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const lock = await client.query<{ free: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as free', [
      name,
    ])
    if (lock.rows[0]?.free !== true) throw new TryAgain('Another attempt at this job is still running')
    return await work()
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A failure that trying again would only repeat. */
export function isFinal(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'conflict' && error.code !== 'not_ready'
}

/** What is kept of a failure and shown: a code, and a sentence that says what to do. */
export function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === '53100') {
    return { code: 'disk_full', message: 'The disk is full. Make room and try again.' }
  }
  return { code: 'internal', message: 'The server met an error it did not expect. Its log says more; try again.' }
}
