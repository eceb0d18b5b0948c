import { isDeepStrictEqual } from 'node:util'

import type { Insertable } from 'kysely'
import type { z } from 'zod'

import { holdsFiles } from '#api/contract/backup-contents.ts'
import type { SaveSchedule } from '#api/contract/schedules.ts'

import { type Caller, requireScope } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { ScheduleTable } from '../../db/tables.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { requireMayName } from '../targets/reach.ts'
import { planNext } from './plan-next.ts'
import { RUN_SCOPE } from './run-refusal.ts'
import { type ScheduleRow, unknownTarget } from './store.ts'
import { requireTiming, toCron } from './timing.ts'

type Body = z.output<typeof SaveSchedule>
type Columns = Omit<Insertable<ScheduleTable>, 'workspace_id' | 'created_by' | 'created_at'>

/**
 * Throws 400 naming the field that a schedule could not run with, 403 where its maker may not take backups or may not name
 * the target. `before` is what a change is made to.
 */
export async function requireRunnable(db: Db, body: Body, caller: Caller, before: ScheduleRow | null): Promise<void> {
  requireScope(caller, RUN_SCOPE)
  requireTiming(body.timing, body.timeZone)
  await readBranch(db, body.workspaceId, body.branch).catch((error: unknown) => {
    if (error instanceof AppError) throw invalidInput('branch', `${error.message} Choose another one.`)
    throw error
  })
  if (body.targetId === null || body.targetId === undefined) return
  requireMayName(caller, body.targetId, before?.target_id)
  const target = await db.selectFrom('target').select('id').where('id', '=', body.targetId).executeTakeFirst()
  if (target === undefined) throw unknownTarget()
}

/** Schedules of one workspace: nobody oversees more, and every list works out the coming runs of each. */
const SCHEDULES_MAX = 50

/** Throws 409 where the workspace has as many schedules as it may. */
export async function requireRoom(db: Db, workspaceId: number): Promise<void> {
  const { count } = await db
    .selectFrom('schedule')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  if (count < SCHEDULES_MAX) return
  throw new AppError(
    'conflict',
    `The workspace has ${count} schedules, the most there may be. Change or delete one of them.`,
    { payload: { reason: 'too_many_schedules' } },
  )
}

/** What is stored of a schedule as it was sent; `before` is what a change is made to. */
export function columnsOf(
  body: Body,
  caller: Caller,
  { vault, now }: Pick<Deps, 'vault' | 'now'>,
  before: ScheduleRow | null,
): Columns {
  const timing = { cron: toCron(body.timing), time_zone: body.timeZone, jitter_seconds: body.jitterSeconds }
  const isAsBefore =
    before !== null && !before.is_paused && isDeepStrictEqual([body.timing, timing], [before.timing, timingOf(before)])
  return {
    name: body.name,
    branch: body.branch,
    definition_only: body.definitionOnly,
    includes_files: holdsFiles(body),
    target_id: body.targetId ?? null,
    ...passwordColumns(body, vault, now(), before),
    timing: JSON.stringify(body.timing),
    ...timing,
    run_missed: body.runMissed,
    is_paused: body.paused,
    retention: JSON.stringify(body.retention),
    verify_days: body.verifyDays ?? null,
    drill_days: body.drillDays ?? null,
    // Whoever saves it lends it the rights it runs with.
    token_id: caller.kind === 'token' ? caller.id : null,
    saved_by: caller.kind === 'session' ? caller.id : null,
    next_run_at: body.paused ? null : isAsBefore ? before.next_run_at : planNext(body, now()),
    updated_at: now(),
  }
}

function timingOf({ cron, time_zone, jitter_seconds }: ScheduleRow) {
  return { cron, time_zone, jitter_seconds }
}

function passwordColumns(
  { password }: Body,
  vault: Deps['vault'],
  now: Date,
  before: ScheduleRow | null,
): Pick<Columns, 'sealed_password' | 'password_proven_at'> {
  if (password === undefined) {
    return {
      sealed_password: before?.sealed_password ?? null,
      password_proven_at: before?.password_proven_at ?? null,
    }
  }
  if (password === '') return { sealed_password: null, password_proven_at: null }
  return { sealed_password: vault.seal(password), password_proven_at: now }
}
