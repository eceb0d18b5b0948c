import type { Db } from '../../db/connection.ts'
import type { BackupRow } from '../backups/store.ts'
import { lastProof } from './drill-proof.ts'

/**
 * How long a restore of this backup is likely to take, in milliseconds: what the last drill or whole restore of it took,
 * else the last drill or whole restore of another backup of its workspace; null where there was none.
 */
export async function expectedMs(db: Db, backup: BackupRow): Promise<number | null> {
  const own = drillMs(backup) ?? (await lastRestoreMs(db, { backupId: backup.id }))
  if (own !== null || backup.workspace_id === null) return own
  return (await lastDrillMs(db, backup.workspace_id)) ?? lastRestoreMs(db, { workspaceId: backup.workspace_id })
}

function drillMs({ drill }: Pick<BackupRow, 'drill'>): number | null {
  return lastProof(drill)?.ms ?? null
}

async function lastDrillMs(db: Db, workspaceId: number): Promise<number | null> {
  const rows = await db
    .selectFrom('backup')
    .select('drill')
    .where('workspace_id', '=', workspaceId)
    .where('drill', 'is not', null)
    .where('definition_only', '=', false)
    .orderBy('id', 'desc')
    .limit(5)
    .execute()
  return rows.map(drillMs).find((ms) => ms !== null) ?? null
}

async function lastRestoreMs(db: Db, of: { backupId: number } | { workspaceId: number }): Promise<number | null> {
  const row = await db
    .selectFrom('restore')
    .innerJoin('backup', 'backup.id', 'restore.backup_id')
    .select(['restore.started_at', 'restore.finished_at'])
    .where('restore.status', '=', 'succeeded')
    .where('restore.tables', 'is', null)
    .where('restore.new_branch', 'is', null)
    .where((where) =>
      'backupId' in of
        ? where('backup.id', '=', of.backupId)
        : where.and([where('backup.workspace_id', '=', of.workspaceId), where('backup.definition_only', '=', false)]),
    )
    .orderBy('restore.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row?.started_at == null || row.finished_at === null) return null
  return row.finished_at.getTime() - row.started_at.getTime()
}
