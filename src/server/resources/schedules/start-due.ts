import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import type { JobDeps } from '../../jobs/run.ts'
import type { BackupRow } from '../backups/store.ts'
import { type Message, notify } from '../notifications/notify.ts'
import { type Decision, decideRun } from './decide-run.ts'
import { missedMessage, refusedMessage } from './messages.ts'
import { plainMoments, planNext } from './plan-next.ts'
import { recordDeed } from './record.ts'
import { lenderOfSchedule, runRefusal } from './run-refusal.ts'
import { findRunUnderWay, listFailedRun, type Start, startRun } from './start-run.ts'
import { findSchedule, type ScheduleRow } from './store.ts'

/**
 * Starts the schedule that has waited longest, in one transaction with its next time: of several processes, one does it.
 * Answers its id; undefined where none is due. What keeps one from starting is in the log, and keeps no other one.
 */
export async function startNextDue(deps: JobDeps, except: readonly number[]): Promise<number | undefined> {
  const { db } = deps.connection
  let id: number | undefined
  try {
    const messages = await db.transaction().execute(async (trx) => {
      id = await holdNextDue(trx, deps.now(), except)
      const schedule = id === undefined ? undefined : await findSchedule(trx, id)
      return schedule === undefined ? [] : start(trx, deps, schedule, deps.now())
    })
    for (const message of messages) await notify(deps, message)
  } catch (error) {
    if (id === undefined) throw error
    deps.log.error({ err: error, scheduleId: id }, 'a schedule could not be started')
  }
  return id
}

async function holdNextDue(trx: Db, now: Date, except: readonly number[]): Promise<number | undefined> {
  const due = await trx
    .selectFrom('schedule')
    .select('id')
    .where('is_paused', '=', false)
    .where('next_run_at', '<=', now)
    .$if(except.length > 0, (select) => select.where('id', 'not in', except))
    .orderBy('next_run_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return due?.id
}

/** Begins the run, or says why not; answers what is to be told once that is committed. */
async function start(trx: Db, deps: JobDeps, schedule: ScheduleRow, now: Date): Promise<Message[]> {
  const plan = { timing: schedule.timing, timeZone: schedule.time_zone, jitterSeconds: schedule.jitter_seconds }
  const dueAt = schedule.next_run_at ?? now
  const moments = plainMoments(plan, dueAt, now)
  const underWay = await findRunUnderWay(trx, schedule.id)
  const decision = decideRun({ dueAt, moments, runMissed: schedule.run_missed, underWay }, now)
  const next = planNext(plan, now)
  await trx.updateTable('schedule').set({ next_run_at: next }).where('id', '=', schedule.id).execute()
  const messages = decision.missed === null ? [] : [missedMessage(schedule, decision.missed, { moments, next })]
  messages.push(...(await begin(trx, deps, schedule, decision)))
  await deps.hub.publish(trx, { type: 'changed', resource: 'schedules', id: schedule.id })
  return messages
}

async function begin(trx: Db, deps: JobDeps, schedule: ScheduleRow, { run }: Decision): Promise<Message[]> {
  if (run === null) return []
  const at: Start = { scheduledFor: run, createdBy: `Schedule ${schedule.name}`, by: lenderOfSchedule(schedule) }
  const backup = await startOrFail(trx, deps, schedule, at)
  await recordDeed(trx, {
    at: deps.now(),
    by: at.createdBy,
    workspaceId: schedule.workspace_id,
    action: 'scheduleRun',
    target: { kind: 'schedule', id: schedule.id, name: schedule.name },
    detail: { backupId: backup.id, scheduledFor: run.toISOString(), failure: backup.failure?.code ?? null },
  })
  await deps.hub.publish(trx, {
    type: 'changed',
    resource: 'backups',
    id: backup.id,
    workspaceId: schedule.workspace_id,
  })
  if (backup.failure === null) return []
  deps.log.error({ scheduleId: schedule.id, failure: backup.failure }, 'a schedule could not run')
  return [refusedMessage(schedule, backup, backup.failure.message)]
}

/** A run that may not or cannot begin is listed all the same, as failed. */
async function startOrFail(trx: Db, deps: JobDeps, schedule: ScheduleRow, at: Start): Promise<BackupRow> {
  const refusal = await runRefusal(trx, schedule, deps.now())
  if (refusal !== undefined) {
    return listFailedRun(trx, deps, schedule, { ...at, failure: { code: 'token', message: refusal } })
  }
  try {
    return await startRun(trx, deps, schedule, at)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const message = `${error.message} Choose another branch in the schedule.`
    return listFailedRun(trx, deps, schedule, { ...at, failure: { code: error.code, message } })
  }
}
