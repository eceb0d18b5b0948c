import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { AppError } from '../errors.ts'

/** How long the old tables may be in use before the import gives up: a long export holds them. */
const PATIENCE_MS = 600_000
/**
 * How long one attempt may keep readers waiting behind it: shorter than the second after which PostgreSQL looks for
 * deadlocks, so that of a reader and a swap that wait for each other it is the swap that lets go.
 */
const ATTEMPT_MS = 700
const PAUSE_MS = 500

/** Limits the wait for locks of what follows in the transaction to that of one attempt; `false` lifts the limit. */
export async function limitLockWait(client: pg.ClientBase, isLimited: boolean): Promise<void> {
  await client.query(`set local lock_timeout = ${isLimited ? ATTEMPT_MS : 0}`)
}

/**
 * Runs the last step of an import, which needs tables that others use. An attempt that cannot have them soon is rolled
 * back to where it began, so that others go first, and is made again.
 */
export async function swapPatiently(client: pg.ClientBase, attempt: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    await client.query('savepoint before_swap')
    try {
      await limitLockWait(client, true)
      await attempt()
      await limitLockWait(client, false)
      await client.query('release savepoint before_swap')
      return
    } catch (error) {
      // 55P03: a lock was not to be had in time; 40P01: a deadlock, which waiting solves as well.
      const isBusy = error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01')
      if (!isBusy) throw error
      if (Date.now() > deadline) {
        throw new AppError(
          'conflict',
          'The tables of the workspace are in use by a long operation, such as an export. Try again when it is done.',
          { payload: { reason: 'in_use' }, cause: error },
        )
      }
      await client.query('rollback to savepoint before_swap')
      await sleep(PAUSE_MS)
    }
  }
}
