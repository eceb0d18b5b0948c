import type pg from 'pg'

import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { JobKind, JobQueue } from './queue.ts'

/** A target that is down, or a lost connection, is tried again for about a quarter of an hour. */
export const RETRY_LIMIT = 9
/** Doubled from attempt to attempt. */
export const RETRY_DELAY_SECONDS = 2
export const RETRY_DELAY_MAX_SECONDS = 300

/** When an attempt that failed now is made again, at the latest: the queue waits between half of that and that. */
export function nextAttemptAt({ attempt }: Pick<JobRun<unknown>, 'attempt'>, now: Date): Date {
  const seconds = Math.min(RETRY_DELAY_SECONDS * 2 ** attempt, RETRY_DELAY_MAX_SECONDS)
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

/** Codes of PostgreSQL and of sockets for a connection that broke or did not come about. */
const LOST = /^(57P0[1-3]|08\w{3}|53300|E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH)|ENOTFOUND|EAI_AGAIN)$/
/** What the driver says of it without a code. */
const LOST_WORDS = /^(Connection terminated|Client was closed|Client has encountered a connection error)/
/** Codes of a file system that does not take or give what it should. */
const UNUSABLE = /^E(NOENT|NOTDIR|ACCES|PERM|ROFS|IO|STALE|DQUOT|NODEV|NXIO)$/

/** What is kept of a failure and shown: a code, and a sentence that says what to do. */
export function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
    return { code: 'disk_full', message: 'The disk is full. Make room and try again.' }
  }
  if (LOST.test(code) || LOST_WORDS.test(message)) {
    return {
      code: 'connection_lost',
      message: 'The connection to the database or to the target was lost. Check that both are running, and try again.',
    }
  }
  if (UNUSABLE.test(code)) {
    return {
      code: 'store_unusable',
      message: `The folder could not be read or written (${code}). Check the disk and the rights to it, and try again.`,
    }
  }
  return { code: 'internal', message: 'The server met an error it did not expect. Its log says more; try again.' }
}

/** Opens a password that travelled or was kept sealed; empty for none. Throws what trying again would only repeat. */
export function openPassword({ vault }: Pick<Deps, 'vault'>, sealed: string | null): string {
  if (sealed === null) return ''
  try {
    return vault.open(sealed)
  } catch (error) {
    throw new AppError(
      'internal',
      'The password that the server kept cannot be read: it was encrypted under another master key. Start the server with the key it had, or give the password again.',
      { cause: error },
    )
  }
}
