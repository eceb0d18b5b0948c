import { setTimeout as sleep } from 'node:timers/promises'

import { ApiError } from '#api/client/api-error.ts'

import { CliError, describeFailure, EXIT } from './exit-code.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'

const POLL_MS = 300
/** How long a server may be away in the middle of a run. */
const OUTAGE_MS = 60_000
const OUTAGE_POLL_MS = 1_000

/** A run that a job does. */
interface Run<Item> {
  read: () => Promise<Item>
  /** True until a job has taken it up. */
  isWaiting: (item: Item) => boolean
  isDone: (item: Item) => boolean
  describe: (item: Item) => string
  /** Ends it where the command is interrupted; null for what may go on without us. */
  cancel: (() => Promise<unknown>) | null
}

/**
 * Waits for the end of a run and shows how far it is. Where no other process takes it up, this one does. An interrupt
 * cancels the run and throws exit code 1.
 */
export async function follow<Item>(session: Session, around: Surroundings, run: Run<Item>): Promise<Item> {
  const { progress, signal } = around
  let waitedMs = 0
  for (;;) {
    const item = await readPatiently(run, signal)
    if (run.isDone(item)) {
      progress('')
      return item
    }
    progress(run.describe(item))
    if (signal.aborted) throw await interrupted(run, around)
    if (run.isWaiting(item) && waitedMs >= session.patienceMs) await session.work()
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
    waitedMs += POLL_MS
  }
}

/** Reads through a restart of the server or a short loss of the connection: the run itself goes on meanwhile. */
async function readPatiently<Item>({ read }: Run<Item>, signal: AbortSignal): Promise<Item> {
  const until = performance.now() + OUTAGE_MS
  for (;;) {
    try {
      return await read()
    } catch (error) {
      const isPassing = error instanceof ApiError && (error.code === 'network' || error.status >= 502)
      if (!isPassing || signal.aborted || performance.now() > until) throw error
      await sleep(OUTAGE_POLL_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

async function interrupted({ cancel }: Pick<Run<unknown>, 'cancel'>, { progress }: Surroundings): Promise<CliError> {
  progress('')
  let what = 'What it waited for goes on.'
  if (cancel !== null) {
    what = await cancel().then(
      () => 'The run was cancelled.',
      (error: unknown) => `The run could not be cancelled: ${describeFailure(error).message}`,
    )
  }
  return new CliError(EXIT.failed, 'interrupted', `Interrupted. ${what}`)
}
