import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/schedules.ts'

import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { serve, type Trail } from '../../route.ts'
import { changed } from '../../trail.ts'
import { requireQueueRoom } from '../backups/queue-room.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { auditedOf } from './audited.ts'
import { countGuess, forgetGuesses, isSame } from './guess-limit.ts'
import { lenderOf } from './lent-rights.ts'
import { comingRuns } from './next-runs.ts'
import { planNext } from './plan-next.ts'
import { presentSchedule, presentSchedules } from './present.ts'
import { columnsOf, requireRoom, requireRunnable } from './save.ts'
import { requireMayShrink } from './shrink.ts'
import { requireNoneUnderWay, startRun } from './start-run.ts'
import * as store from './store.ts'
import { comingStrip, presentStrip } from './strip.ts'
import { requireTiming, toCron } from './timing.ts'
import { forgetTurns } from './turn.ts'
import { inWords } from './words.ts'

type ScheduleDeps = Pick<Deps, 'connection' | 'jobs' | 'vault' | 'now'>

/** Backups on a timetable: read, make, change, run, pause, prove the password, look ahead. */
export function registerSchedules(app: FastifyInstance, deps: ScheduleDeps): void {
  registerReads(app, deps)
  registerWrites(app, deps)
  registerActions(app, deps)
}

function registerReads(app: FastifyInstance, { connection: { db }, now }: ScheduleDeps): void {
  serve(app, contract.listSchedules, async ({ query, caller }) => {
    if (query.workspaceId !== undefined) requireWorkspace(caller, query.workspaceId)
    const rows = await store.listSchedules(db, caller, query.workspaceId)
    return { items: await presentSchedules(db, rows, now()) }
  })

  serve(app, contract.getSchedule, async ({ params, caller }) =>
    presentSchedule(db, await store.getSchedule(db, caller, params.id), now()),
  )

  serve(app, contract.previewSchedule, async ({ body, caller }) => {
    const { timing, timeZone, retention, scheduleId } = body
    requireTiming(timing, timeZone)
    const plan = { timing, timeZone }
    const kept = retention ?? contract.DEFAULT_RETENTION
    if (scheduleId !== null && scheduleId !== undefined) await store.getSchedule(db, caller, scheduleId)
    return {
      cron: toCron(timing),
      words: inWords(timing, timeZone),
      next: comingRuns(plan, now()),
      strip: [
        ...comingStrip(plan, kept, now()),
        ...(await presentStrip(db, scheduleId ?? 0, { retention: kept, timeZone })),
      ],
    }
  })
}

function registerWrites(app: FastifyInstance, deps: ScheduleDeps): void {
  const { connection, now } = deps
  const { db } = connection

  serve(app, contract.createSchedule, async ({ body, caller, trail }) => {
    requireWorkspace(caller, body.workspaceId)
    await getWorkspace(db, body.workspaceId)
    await requireRunnable(db, body, caller, null)
    await requireRoom(db, body.workspaceId)
    const id = await store.insertSchedule(db, {
      ...columnsOf(body, caller, deps, null),
      workspace_id: body.workspaceId,
      created_by: caller.label,
      created_at: now(),
    })
    return present(id, caller, trail, null)
  })

  serve(app, contract.updateSchedule, async ({ params, body, caller, trail }) => {
    const known = await db.transaction().execute(async (trx) => {
      const before = await store.holdSchedule(trx, caller, params.id)
      if (body.workspaceId !== before.workspace_id) {
        throw invalidInput(
          'workspaceId',
          'A schedule stays with its workspace, as its backups do. Make another schedule for the other workspace.',
        )
      }
      await requireRunnable(trx, body, caller, before)
      requireMayShrink(caller, before.retention, body.retention)
      await store.changeSchedule(trx, before.id, columnsOf(body, caller, deps, before))
      return before
    })
    return present(params.id, caller, trail, known)
  })

  serve(app, contract.pauseSchedule, async ({ params, body, caller, trail }) => {
    const known = await db.transaction().execute(async (trx) => {
      const row = await store.holdSchedule(trx, caller, params.id)
      if (row.is_paused === body.paused) return row
      const plan = { timing: row.timing, timeZone: row.time_zone, jitterSeconds: row.jitter_seconds }
      const next_run_at = body.paused ? null : planNext(plan, now())
      await store.changeSchedule(trx, row.id, { is_paused: body.paused, next_run_at, updated_at: now() })
      return row
    })
    return present(params.id, caller, trail, known)
  })

  serve(app, contract.deleteSchedule, async ({ params, caller, trail }) => {
    const row = await store.getSchedule(db, caller, params.id)
    await db.deleteFrom('schedule').where('id', '=', row.id).execute()
    await forgetGuesses(db, row.id)
    await forgetTurns(db, row.id)
    follow(trail, row)
    Object.assign(trail, changed(auditedOf(row), null))
    return null
  })

  /** Notes what a write made of the schedule, which was not there before where `before` is null. */
  async function present(
    id: number,
    caller: Caller,
    trail: Trail,
    before: store.ScheduleRow | null,
  ): Promise<contract.Schedule> {
    const row = await store.getSchedule(db, caller, id)
    follow(trail, row)
    Object.assign(trail, changed(before === null ? null : auditedOf(before), auditedOf(row)))
    return presentSchedule(db, row, now())
  }
}

function registerActions(app: FastifyInstance, { connection: { db }, jobs, vault, now }: ScheduleDeps): void {
  serve(app, contract.runSchedule, async ({ params, caller, trail }) => {
    const backup = await db.transaction().execute(async (trx) => {
      const row = await store.holdSchedule(trx, caller, params.id)
      await requireNoneUnderWay(trx, row.id)
      await requireQueueRoom(trx, row.workspace_id)
      follow(trail, row)
      const by = await lenderOf(trx, caller)
      return startRun(trx, { jobs, now }, row, { scheduledFor: null, createdBy: caller.label, by })
    })
    trail.detail = { backupId: backup.id, branch: backup.branch, encrypted: backup.encrypted }
    return { id: backup.id, status: backup.status }
  })

  serve(app, contract.provePassword, async ({ params, body, caller, trail }) => {
    const row = await store.getSchedule(db, caller, params.id)
    follow(trail, row)
    if (row.sealed_password === null) {
      throw new AppError('conflict', 'The backups of this schedule are not encrypted: it has no password.')
    }
    await countGuess(db, row.id, now())
    if (!isSame(body.password, openSealed(vault, row.sealed_password))) {
      const message =
        'This is not the password that the schedule encrypts with. If nobody knows it, set a new one: it counts for the backups from then on.'
      const issues = [{ param: 'password', message }]
      // 403, as every refused proof: guesses are seen in the audit log.
      throw new AppError('access_denied', message, { payload: { param: 'password', issues, reason: 'wrong_proof' } })
    }
    await forgetGuesses(db, row.id)
    await store.changeSchedule(db, row.id, { password_proven_at: now() })
    return presentSchedule(db, await store.getSchedule(db, caller, row.id), now())
  })
}

function openSealed(vault: Deps['vault'], sealed: string): string {
  try {
    return vault.open(sealed)
  } catch (error) {
    throw new AppError(
      'conflict',
      'The password that the server kept cannot be read: it was encrypted under another master key. Start the server with the key it had, or set a new password.',
      { cause: error },
    )
  }
}

function follow(trail: Trail, row: store.ScheduleRow): void {
  trail.workspaceId = row.workspace_id
  trail.target = { kind: 'schedule', id: row.id, name: row.name }
}
