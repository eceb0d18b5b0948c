import type { ArchiveSummary } from '#api/contract/backups.ts'

import type { Db } from '../../db/connection.ts'
import { type BackupRow, summaryIn } from './store.ts'

/** As many make a judgement; more would make it slow to learn. */
const RUNS = 5

/** What an earlier whole backup held. */
export interface EarlierRun {
  bytes: number
  rows: number
  tables: ArchiveSummary['tables']
}

/**
 * The whole backups before this one that are like it, newest first: of the same schedule, else of the same workspace,
 * and with the same kinds of contents. Safety backups are none of them: they are taken when something went wrong.
 */
export async function readEarlierRuns(db: Db, row: BackupRow): Promise<EarlierRun[]> {
  const found = await db
    .selectFrom('backup')
    .select(['bytes', 'rows', 'summary'])
    .where('id', '<', row.id)
    .where('workspace_id', '=', row.workspace_id)
    .where('kind', 'in', ['manual', 'scheduled'])
    .where('status', 'in', ['succeeded', 'warnings', 'looks_wrong'])
    .where('definition_only', '=', row.definition_only)
    .where('includes_files', '=', row.includes_files)
    .$if(row.schedule_id !== null, (select) => select.where('schedule_id', '=', row.schedule_id))
    .orderBy('id', 'desc')
    .limit(RUNS)
    .execute()
  return found.map(({ bytes, rows, summary }) => ({ bytes, rows, tables: summaryIn({ summary })?.tables ?? [] }))
}
