import { sql } from 'kysely'

import type { ConstructHeader } from '#xanoscript/construct-header.ts'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import type { Group } from './place.ts'

/**
 * Refuses what a document must not say where it is stored: another group than the path's, a table to listen to that
 * is not there (names count in any case). Tables that sign users in are not looked up, so that documents may come in any order.
 */
export async function requireReferences(
  db: Db,
  workspaceId: number,
  group: Group | null,
  header: ConstructHeader,
): Promise<void> {
  const { apiGroup, kind, target } = header
  if (group !== null && apiGroup !== null && apiGroup.toLowerCase() !== group.name.toLowerCase()) {
    throw invalidInput(
      'xanoscript',
      `The document says api_group = "${apiGroup}", and this address is that of the group "${group.name}". Send it to the address of its group, or change api_group.`,
    )
  }
  if (kind !== 'table_trigger') return
  const table = await db
    .selectFrom('table_definition')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`lower(name) = lower(${target ?? ''})`)
    .executeTakeFirst()
  if (table === undefined) {
    throw invalidInput(
      'xanoscript',
      `The trigger listens to the table "${target ?? ''}", which this workspace does not have.`,
    )
  }
}
