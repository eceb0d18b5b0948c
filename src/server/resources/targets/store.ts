import { type Selectable, sql } from 'kysely'

import { type Target, TargetSettings, type TargetTest } from '#api/contract/targets.ts'

import type { Db } from '../../db/connection.ts'
import type { TargetTable } from '../../db/tables.ts'
import { invalidInput, notFound } from '../../errors.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'

export type TargetRow = Selectable<TargetTable>

/** What lies in a target, and who writes there. */
export type TargetUse = Pick<Target, 'backups' | 'bytes' | 'schedules'>

/** What a request makes of a target. */
export interface TargetFields {
  name: string
  settings: TargetSettings
  sealed_secret: string | null
}

const UNUSED: TargetUse = { backups: 0, bytes: 0, schedules: [] }

/** A target as the API answers it. */
export function toTarget(row: TargetRow, use: TargetUse = UNUSED): Target {
  return {
    id: row.id,
    name: row.name,
    settings: settingsOf(row),
    hasSecret: row.sealed_secret !== null,
    lastTest: row.last_test,
    ...use,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** The folder of the instance as a target. */
export function builtInTarget(path: string, use: TargetUse = UNUSED): Target {
  return {
    id: null,
    name: BUILT_IN_TARGET,
    settings: { kind: 'folder', path },
    hasSecret: false,
    lastTest: null,
    ...use,
    createdAt: null,
    updatedAt: null,
  }
}

/** Settings of the contract; those that an earlier release stored are filled up. */
export function settingsOf({ settings }: Pick<TargetRow, 'settings'>): TargetSettings {
  return TargetSettings.parse(settings)
}

/** All targets but the built-in one, by name. */
export function listTargets(db: Db): Promise<TargetRow[]> {
  return db
    .selectFrom('target')
    .selectAll()
    .orderBy(sql`lower(name)`)
    .execute()
}

/** One target; throws `not_found`. */
export async function getTarget(db: Db, id: number): Promise<TargetRow> {
  const row = await db.selectFrom('target').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`The target ${id}`)
  return row
}

/** The same, held until the transaction ends. Throws `not_found`. */
export async function holdTarget(trx: Db, id: number): Promise<TargetRow> {
  const row = await trx.selectFrom('target').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound(`The target ${id}`)
  return row
}

/** What lies in each target, and who writes there; null = the folder of the instance. Targets without use are absent. */
export async function readUse(db: Db): Promise<Map<number | null, TargetUse>> {
  const stored = db
    .selectFrom('backup')
    .select([
      'target_id',
      sql<number>`1`.as('backups'),
      'bytes',
      sql<Target['schedules'][number] | null>`null::jsonb`.as('schedule'),
    ])
    .where('object_name', 'is not', null)
  const writers = db
    .selectFrom('schedule')
    .select([
      'target_id',
      sql<number>`0`.as('backups'),
      sql<number>`0`.as('bytes'),
      sql<Target['schedules'][number] | null>`jsonb_build_object('id', id, 'name', name)`.as('schedule'),
    ])
  const rows = await db
    .selectFrom(stored.unionAll(writers).as('use'))
    .select([
      'target_id',
      sql<number>`sum(backups)::bigint`.as('backups'),
      sql<number>`coalesce(sum(bytes), 0)::bigint`.as('bytes'),
      sql<
        Target['schedules']
      >`coalesce(jsonb_agg(schedule order by schedule->>'name') filter (where schedule is not null), '[]')`.as(
        'schedules',
      ),
    ])
    .groupBy('target_id')
    .execute()
  return new Map(rows.map(({ target_id, backups, bytes, schedules }) => [target_id, { backups, bytes, schedules }]))
}

/** Adds a target. Throws 400 where its name is taken. */
export async function insertTarget(db: Db, fields: TargetFields, createdBy: string, now: Date): Promise<TargetRow> {
  requireOtherName(fields.name)
  return db
    .insertInto('target')
    .values({ ...columnsOf(fields), last_test: null, created_by: createdBy, created_at: now, updated_at: now })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

/** Writes what a target is now; what a test said of other settings is forgotten. Throws 400 where its name is taken. */
export async function writeTarget(db: Db, id: number, fields: TargetFields, now: Date): Promise<TargetRow> {
  requireOtherName(fields.name)
  const columns = columnsOf(fields)
  const isSame = sql`settings = ${columns.settings}::jsonb and sealed_secret is not distinct from ${columns.sealed_secret}`
  return db
    .updateTable('target')
    .set({ ...columns, last_test: sql`case when ${isSame} then last_test end`, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

/** Keeps what a test said. */
export async function saveTest(db: Db, id: number, test: TargetTest): Promise<void> {
  await db
    .updateTable('target')
    .set({ last_test: JSON.stringify(test) })
    .where('id', '=', id)
    .execute()
}

function columnsOf({ name, settings, sealed_secret }: TargetFields) {
  return { name, kind: settings.kind, settings: JSON.stringify(settings), sealed_secret }
}

function requireOtherName(name: string): void {
  if (name.toLowerCase() === BUILT_IN_TARGET.toLowerCase()) throw taken(name)
}

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    throw (error as { constraint?: string }).constraint === 'target_name' ? taken(name) : error
  }
}

function taken(name: string): Error {
  return invalidInput('name', `There is a target named ${name} already. Choose another name.`)
}
