import { isDeepStrictEqual } from 'node:util'

import type { Db } from '../../db/connection.ts'
import { followGuid } from './follow-guid.ts'
import { renameInQueries } from './follow-rename.ts'
import { contentOf } from './present.ts'
import { type ApiGroupFields, type ApiGroupRow, writeApiGroup } from './store.ts'
import { requireFreeIdentity, requireFreeName } from './taken.ts'

export interface ApiGroupChange {
  row: ApiGroupRow
  /** Names of the fields that are different now. */
  changed: string[]
}

/**
 * Changes what is sent; where that says what is there already, nothing is written. Call it holding the row, and the
 * definitions of tables where a guid is sent.
 */
export async function changeApiGroup(
  trx: Db,
  before: ApiGroupRow,
  fields: ApiGroupFields,
  now: Date,
): Promise<ApiGroupChange> {
  const after = { ...before, ...sentFields(fields) }
  const was = contentOf(before)
  const changed = Object.entries(contentOf(after)).flatMap(([key, value]) =>
    isDeepStrictEqual(value, was[key]) ? [] : [key],
  )
  if (changed.length === 0) return { row: before, changed }
  const place = { workspaceId: before.workspace_id, branchId: before.branch_id }
  if (changed.includes('name')) await requireFreeName(trx, before.branch_id, after.name, before.id)
  if (changed.includes('guid') || changed.includes('canonical')) {
    await requireFreeIdentity(trx, place, after, before.id)
  }
  const row = await writeApiGroup(trx, after, now)
  if (changed.includes('guid')) await followGuid(trx, before, row.guid, now)
  if (changed.includes('name')) await renameInQueries(trx, before, row.name, now)
  return { row, changed }
}

function sentFields({ tag, ...fields }: ApiGroupFields): Partial<ApiGroupRow> {
  const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return { ...sent, ...(tag === undefined ? {} : { tag: tag ?? [] }) }
}
