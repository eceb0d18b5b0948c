import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'

import type { Deps } from '../deps.ts'
import type { Instance } from '../instance-identity.ts'
import { runBackup } from './backup.ts'
import { runDrill } from './drill.ts'
import { keepHouse } from './housekeeping.ts'
import { runNotify } from './notify.ts'
import type { JobKind, JobPayloads, JobQueue } from './queue.ts'
import { runRestore } from './restore.ts'
import {
  HandedBack,
  type JobDeps,
  type JobRun,
  RETRY_DELAY_MAX_SECONDS,
  RETRY_DELAY_SECONDS,
  RETRY_LIMIT,
} from './run.ts'
import { findOrphanedJobs, hurry, SETTLED_SECONDS } from './sweep.ts'
import { tickSchedules } from './tick-schedules.ts'
import { runVerify } from './verify.ts'

const SCHEMA = 'pgboss'
const KINDS = ['backup', 'restore', 'verify', 'drill', 'notify'] as const
/** Kinds whose jobs hold a lock while they run, by which a dead one is told. */
const LOCKED_KINDS = ['backup', 'restore', 'verify', 'drill'] as const
const CONNECTIONS_MAX = 4
/** Jobs of one kind that one process runs side by side. */
const CONCURRENCY = 2
/** A worker says this often that it lives; one that is silent for twice as long has died, and its job is taken up. */
const HEARTBEAT_SECONDS = 10
const MONITOR_SECONDS = 5
const HOUSEKEEPING_MS = 30_000
/** How late a run may begin. */
const TICK_MS = 5_000
const DAY_SECONDS = 86_400
/** Time for the jobs of other processes to have taken their locks: what then holds none has died. */
const ORPHANS_AFTER_MS = (SETTLED_SECONDS + 1) * 1_000
/** How long a stop lets jobs finish; the rest of its 10 seconds is for handing them back. */
const FINISH_MS = 5_000
const STOP_MS = 7_000
const HAND_BACK_MS = 2_000

/** A process that shares its database with none that has another folder or master key. */
const LIKE_ALL: Pick<Instance, 'whyIdle'> = { whyIdle: () => Promise.resolve(null) }

/**
 * Opens the queue in the schema `pgboss` of the same database. Takes jobs only where the role says so, and for as long
 * as folder and master key are those of the instance.
 */
export async function openJobQueue(
  base: Omit<Deps, 'jobs'>,
  options: pg.ClientConfig,
  instance = LIKE_ALL,
): Promise<JobQueue> {
  const idle = await instance.whyIdle()
  if (idle !== null) base.log.warn(`This process takes no jobs. ${idle}`)
  const isWorker = base.config.role !== 'web' && idle === null
  const boss = new PgBoss({
    ...(options as Record<string, string>),
    application_name: 'metadeck jobs',
    schema: SCHEMA,
    max: CONNECTIONS_MAX,
    schedule: false,
    supervise: isWorker,
    superviseIntervalSeconds: MONITOR_SECONDS,
    monitorIntervalSeconds: MONITOR_SECONDS,
    useListenNotify: isWorker,
  })
  const enqueue: JobQueue['enqueue'] = async (kind, payload, trx) => {
    await boss.send(kind, payload, trx === undefined ? {} : { db: fromKysely(trx) })
  }
  const deps: JobDeps = {
    ...base,
    jobs: { enqueue },
    connectAlone: () => new pg.Client({ ...options, application_name: 'metadeck job' }),
  }
  boss.on('error', (error) => deps.log.error({ err: error }, 'the job queue met an error'))
  boss.on('warning', (warning) => deps.log.warn({ warning }, 'the job queue warns'))
  await boss.start()
  for (const kind of KINDS) await prepareQueue(boss, kind)
  const running = new Set<Promise<unknown>>()
  const closing = new AbortController()
  if (isWorker) {
    await keepHouse(deps)
    await work(boss, 'backup', (run) => runBackup(deps, run), { running, closing: closing.signal })
    await work(boss, 'restore', (run) => runRestore(deps, run), { running, closing: closing.signal })
    await work(boss, 'verify', (run) => runVerify(deps, run), { running, closing: closing.signal })
    await work(boss, 'drill', (run) => runDrill(deps, run), { running, closing: closing.signal })
    await work(boss, 'notify', (run) => runNotify(deps, run), { running, closing: closing.signal })
  }
  const orphans = isWorker ? setTimeout(() => void takeOrphansUp(boss, deps), ORPHANS_AFTER_MS) : undefined
  const cleaning = isWorker ? setInterval(() => void keepHouse(deps), HOUSEKEEPING_MS) : undefined
  const ticking = isWorker ? setInterval(() => void tickOrRest(), TICK_MS) : undefined
  const rest = (): void => {
    clearTimeout(orphans)
    clearInterval(cleaning)
    clearInterval(ticking)
  }
  const tickOrRest = async (): Promise<void> => {
    const reason = await instance.whyIdle().catch(() => null)
    if (reason === null) return tick(deps)
    rest()
    deps.log.warn(`This process takes no more jobs. ${reason}`)
    for (const kind of KINDS) await boss.offWork(kind, { wait: false }).catch(() => undefined)
  }
  return {
    enqueue,
    async close() {
      rest()
      const timer = setTimeout(() => closing.abort(new HandedBack()), FINISH_MS)
      await boss.stop({ graceful: true, timeout: STOP_MS })
      clearTimeout(timer)
      closing.abort(new HandedBack())
      await Promise.race([Promise.allSettled(running), sleep(HAND_BACK_MS)])
    },
  }
}

async function tick(deps: JobDeps): Promise<void> {
  try {
    await tickSchedules(deps)
  } catch (error) {
    deps.log.warn({ err: error }, 'the schedules could not be looked at')
  }
}

/** Gives jobs back to the queue whose process died before this one started. */
async function takeOrphansUp(boss: PgBoss, deps: JobDeps): Promise<void> {
  try {
    for (const kind of LOCKED_KINDS) {
      for (const id of await findOrphanedJobs(deps, kind)) {
        await boss.fail(kind, id, { message: 'its process died' })
        await hurry(deps, kind, id)
      }
    }
  } catch (error) {
    deps.log.warn({ err: error }, 'jobs of processes that died could not be looked for')
  }
}

async function prepareQueue(boss: PgBoss, kind: JobKind): Promise<void> {
  const options = {
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_DELAY_SECONDS,
    retryDelayMax: RETRY_DELAY_MAX_SECONDS,
    retryBackoff: true,
    expireInSeconds: DAY_SECONDS,
    // What is done is in the tables `backup` and `restore`; the payload, with its sealed password, need not stay.
    deleteAfterSeconds: 60,
    notify: true,
  }
  await boss.createQueue(kind, options)
  await boss.updateQueue(kind, options)
}

async function work<Kind extends JobKind>(
  boss: PgBoss,
  kind: Kind,
  perform: (run: JobRun<JobPayloads[Kind]>) => Promise<void>,
  process: { running: Set<Promise<unknown>>; closing: AbortSignal },
): Promise<void> {
  const options = {
    localConcurrency: CONCURRENCY,
    includeMetadata: true,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 1,
  } as const
  await boss.work(kind, options, async ([job]: JobWithMetadata<JobPayloads[Kind]>[]) => {
    if (job === undefined) return
    const { data: payload, retryCount, retryLimit } = job
    const signal = AbortSignal.any([job.signal, process.closing])
    const done = perform({ payload, signal, attempt: retryCount + 1, isLastAttempt: retryCount >= retryLimit })
    const settled = done.catch(() => undefined)
    process.running.add(settled)
    void settled.then(() => process.running.delete(settled))
    await done
  })
}
