import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'

import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { ScheduleTable } from '../../db/tables.ts'
import { invalidInput, notFound } from '../../errors.ts'

const UNIQUE_VIOLATION = '23505'
const REFERENCE_VIOLATION = '23503'

/** A schedule as it is stored, with the names of what it belongs to. */
export type ScheduleRow = Selectable<ScheduleTable> & {
  workspace_name: string
  target_name: string | null
  token_name: string | null
  token_expires_at: Date | null
  last_backup: { id: number; status: string; at: string } | null
}

const LAST_BACKUP = sql<ScheduleRow['last_backup']>`(
  select json_build_object('id', backup.id, 'status', backup.status, 'at', backup.created_at)
  from metadeck.backup where backup.schedule_id = schedule.id order by backup.id desc limit 1
)`

function selectSchedules(db: Db) {
  return db
    .selectFrom('schedule')
    .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
    .leftJoin('target', 'target.id', 'schedule.target_id')
    .leftJoin('access_token', 'access_token.id', 'schedule.token_id')
    .selectAll('schedule')
    .select(['workspace.name as workspace_name', 'target.name as target_name'])
    .select(['access_token.name as token_name', 'access_token.expires_at as token_expires_at'])
    .select(LAST_BACKUP.as('last_backup'))
}

/** Schedules of the workspaces in the caller's reach, by workspace and name. */
export function listSchedules(db: Db, caller: Caller, workspaceId?: number): Promise<ScheduleRow[]> {
  const { workspaces } = caller
  return selectSchedules(db)
    .$if(workspaces !== 'all', (select) =>
      select.where('schedule.workspace_id', 'in', workspaces === 'all' ? [] : workspaces),
    )
    .$if(workspaceId !== undefined, (select) => select.where('schedule.workspace_id', '=', workspaceId ?? 0))
    .orderBy('workspace.name')
    .orderBy('schedule.name')
    .orderBy('schedule.id')
    .execute()
}

/** One schedule, whoever asks; undefined when it is not there. */
export function findSchedule(db: Db, id: number): Promise<ScheduleRow | undefined> {
  return selectSchedules(db).where('schedule.id', '=', id).executeTakeFirst()
}

/** One schedule that the caller may see; throws 404, or 403 where its workspace is out of reach. */
export async function getSchedule(db: Db, caller: Caller, id: number): Promise<ScheduleRow> {
  const row = await findSchedule(db, id)
  if (row === undefined) throw notFound(`The schedule ${id}`)
  requireWorkspace(caller, row.workspace_id)
  return row
}

/** The same, held to the end of the transaction: no run is started meanwhile. */
export async function holdSchedule(trx: Db, caller: Caller, id: number): Promise<ScheduleRow> {
  await trx.selectFrom('schedule').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return getSchedule(trx, caller, id)
}

/** Adds a schedule; throws 400 where another one of the workspace has its name. */
export async function insertSchedule(db: Db, values: Insertable<ScheduleTable>): Promise<number> {
  const { id } = await db
    .insertInto('schedule')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(values.name))
  return id
}

/** Writes what changed. */
export async function changeSchedule(db: Db, id: number, change: Updateable<ScheduleTable>): Promise<void> {
  await db
    .updateTable('schedule')
    .set(change)
    .where('id', '=', id)
    .execute()
    .catch(refuseTaken(change.name ?? ''))
}

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown }
    if (code === UNIQUE_VIOLATION) {
      throw invalidInput('name', `A schedule named "${name}" exists in this workspace already. Choose another name.`)
    }
    if (code !== REFERENCE_VIOLATION) throw error
    // Deleted between the look at it and the write.
    throw String(constraint).includes('target') ? unknownTarget() : notFound('The workspace')
  }
}

/** 400 for a target that is not there. */
export function unknownTarget(): Error {
  return invalidInput('targetId', 'This target does not exist or was deleted. Choose another one.')
}
