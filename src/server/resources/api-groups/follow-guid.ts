import type { Db } from '../../db/connection.ts'
import type { ApiGroupRow } from './store.ts'

/**
 * Ties the tables that are tied to a group to its new guid; null, where the group goes, lifts the tie. Tables stay with
 * a guid that a copy of the group in another branch has. Call it holding the definitions.
 */
export async function followGuid(trx: Db, group: ApiGroupRow, newGuid: string | null, now: Date): Promise<void> {
  const ofGuid = trx
    .selectFrom('api_group')
    .select('id')
    .where('workspace_id', '=', group.workspace_id)
    .where('guid', '=', group.guid)
  const copy = await ofGuid.where('id', '!=', group.id).executeTakeFirst()
  if (copy !== undefined) return
  await trx
    .updateTable('table_definition')
    .set({ api_group_guid: newGuid, updated_at: now })
    .where('workspace_id', '=', group.workspace_id)
    .where('api_group_guid', '=', group.guid)
    .execute()
}
