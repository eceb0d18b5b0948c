import { sql } from 'kysely'

import type { Backup } from '#api/contract/backups.ts'

import type { Db } from '../../db/connection.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'
import { keptAs } from '../schedules/kept-as.ts'
import { type BackupFacts, type BackupRow, findBackup, NO_FACTS, toBackup } from './store.ts'

/** One backup as the API answers it, whoever asks; undefined when it is not there. */
export async function presentBackup(db: Db, id: number): Promise<Backup | undefined> {
  const row = await findBackup(db, id)
  return row === undefined ? undefined : (await presentBackups(db, [row]))[0]
}

/** Backups as the API answers them, in this order. */
export async function presentBackups(db: Db, rows: readonly BackupRow[]): Promise<Backup[]> {
  const facts = await readFacts(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => toBackup(row, facts.get(row.id) ?? NO_FACTS))
}

/** The facts of these backups by id; as many queries for one as for a hundred. */
export async function readFacts(db: Db, ids: readonly number[]): Promise<Map<number, BackupFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('backup as item')
    .leftJoin('schedule', 'schedule.id', 'item.schedule_id')
    .leftJoin('target', 'target.id', 'item.target_id')
    .leftJoinLateral(
      (join) =>
        join
          .selectFrom('backup as before')
          .select([
            'before.bytes',
            'before.rows',
            sql<number>`(extract(epoch from before.finished_at - before.started_at) * 1000)::float8`.as('ms'),
          ])
          .whereRef('before.workspace_id', '=', 'item.workspace_id')
          .whereRef('before.definition_only', '=', 'item.definition_only')
          .whereRef('before.id', '<', 'item.id')
          .where('before.status', 'in', ['succeeded', 'warnings'])
          .orderBy('before.id', 'desc')
          .limit(1)
          .as('previous'),
      (join) => join.onTrue(),
    )
    .select([
      'item.id',
      'item.schedule_id',
      'schedule.name as schedule_name',
      'target.name as target_name',
      'previous.bytes',
      'previous.rows',
      'previous.ms',
    ])
    .where('item.id', 'in', ids)
    .execute()
  const scheduleIds = [...new Set(rows.flatMap(({ schedule_id: id }) => (id === null ? [] : [id])))]
  const kept =
    scheduleIds.length === 0 ? new Map<number, NonNullable<Backup['keptAs']>>() : await keptAs(db, scheduleIds)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        scheduleName: row.schedule_name,
        targetName: row.target_name ?? BUILT_IN_TARGET,
        previous: previousOf(row),
        keptAs: row.schedule_id === null ? null : (kept.get(row.id) ?? null),
      },
    ]),
  )
}

function previousOf({
  bytes,
  rows,
  ms,
}: {
  bytes: number | null
  rows: number | null
  ms: number | null
}): Backup['previous'] {
  return bytes === null || rows === null ? null : { bytes, rows, ms: Math.round(ms ?? 0) }
}
