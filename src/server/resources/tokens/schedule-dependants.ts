import { sql } from 'kysely'

import { RUN_SCOPE } from '../schedules/run-refusal.ts'
import type { DependantSource } from './dependant-source.ts'

/** Backup schedules that a token saved last: they run with its rights. A paused one runs again when it is resumed. */
export const SCHEDULE_DEPENDANTS: DependantSource = {
  kind: 'schedule',
  async list(db, tokenIds) {
    const rows = await db
      .selectFrom('schedule')
      .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
      .select(['schedule.id', 'schedule.name', 'schedule.token_id', 'schedule.workspace_id'])
      .select('workspace.name as workspace_name')
      .where(sql<boolean>`schedule.token_id = any (${tokenIds}::bigint[])`)
      .orderBy('schedule.name')
      .orderBy('schedule.id')
      .execute()
    return rows.map((row) => ({
      kind: 'schedule',
      id: row.id,
      name: row.name,
      workspace: { id: row.workspace_id, name: row.workspace_name },
      tokenId: row.token_id ?? 0,
      needs: [RUN_SCOPE],
    }))
  },
  async move(trx, from, to) {
    await trx.updateTable('schedule').set({ token_id: to }).where('token_id', '=', from).execute()
  },
}
