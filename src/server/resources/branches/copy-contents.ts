import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import type { BranchRow } from './store.ts'

/**
 * Copies the API groups and constructs of one branch into an empty one: new ids; guids, canonicals, settings, texts
 * and drafts as they are, and each query in the copy of its group. One statement, so that a group and its queries are
 * of one moment.
 */
export async function copyContents(trx: Db, source: BranchRow, target: BranchRow, now: Date): Promise<void> {
  await sql`
    with copied as (
      insert into metadeck.api_group (workspace_id, branch_id, name, description, docs, guid, canonical, swagger,
        documentation, settings, tag, created_at, updated_at)
      select workspace_id, ${target.id}::bigint, name, description, docs, guid, canonical, swagger,
        documentation, settings, tag, ${now}::timestamptz, ${now}::timestamptz
      from metadeck.api_group where branch_id = ${source.id} order by id
      returning id, guid
    )
    insert into metadeck.construct (workspace_id, branch_id, api_group_id, kind, name, verb, description, guid, text,
      draft, checksum, created_at, updated_at)
    select one.workspace_id, ${target.id}::bigint, copied.id, one.kind, one.name, one.verb, one.description, one.guid,
      one.text, one.draft, one.checksum, ${now}::timestamptz, ${now}::timestamptz
    from metadeck.construct one
    left join metadeck.api_group origin on origin.id = one.api_group_id
    left join copied on copied.guid = origin.guid
    where one.branch_id = ${source.id} order by one.id`.execute(trx)
}
