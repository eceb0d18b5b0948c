import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import type { TargetRow } from './store.ts'

/** Names that a message lists; the rest is counted. */
const NAMED = 3

/** Throws 409 while backups lie in the target: as another place it would not show them any more. */
export async function requireEmpty(db: Db, { id, name }: TargetRow): Promise<void> {
  const { held } = await countBackups(db, id)
  if (held === 0) return
  throw new AppError(
    'conflict',
    `${count(held, 'backup lies', 'backups lie')} in ${name} as it is set now and would not be found any more. Add another target for the new place.`,
  )
}

/** Throws 409 while backups lie in the target or a schedule writes there. */
export async function requireUnused(trx: Db, { id, name }: TargetRow): Promise<void> {
  const schedules = await trx
    .selectFrom('schedule')
    .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
    .select(['schedule.name as schedule', 'workspace.name as workspace'])
    .where('target_id', '=', id)
    .orderBy('schedule.id')
    .execute()
  if (schedules.length > 0) {
    const names = schedules.slice(0, NAMED).map(({ schedule, workspace }) => `${schedule} of ${workspace}`)
    const more = schedules.length > NAMED ? ` and ${schedules.length - NAMED} more` : ''
    throw new AppError(
      'conflict',
      `Schedules write to ${name}: ${names.join(', ')}${more}. Give them another target first.`,
    )
  }
  const { held, others, newest } = await countBackups(trx, id)
  if (held > 0) {
    throw new AppError(
      'conflict',
      `${count(held, 'backup lies', 'backups lie')} in ${name}, the newest of ${newest ?? ''}. Delete them first, or keep the target.`,
    )
  }
  if (others === 0) return
  throw new AppError(
    'conflict',
    `The list of backups still names ${count(others, 'run', 'runs')} to ${name} without an archive. Delete them there first.`,
  )
}

/** Backups that lie in a target or are on their way there, and runs that came to nothing. */
async function countBackups(db: Db, id: number): Promise<{ held: number; others: number; newest: string | null }> {
  const isHeld = sql`object_name is not null or status in ('queued', 'running')`
  return db
    .selectFrom('backup')
    .select([
      sql<number>`count(*) filter (where ${isHeld})`.as('held'),
      sql<number>`count(*) filter (where not (${isHeld}))`.as('others'),
      sql<string | null>`(array_agg(workspace_name order by id desc) filter (where ${isHeld}))[1]`.as('newest'),
    ])
    .where('target_id', '=', id)
    .executeTakeFirstOrThrow()
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}
