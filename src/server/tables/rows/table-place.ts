import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import { notFound } from '../../errors.ts'
import { getDefinition } from '../definition-store.ts'
import type { TableDefinition } from '../definition.ts'

/** A table in one data source: its definition and the schema that holds these rows. */
export interface TablePlace {
  definition: TableDefinition
  schema: string
}

/** Finds the table; throws 404 naming the workspace, the table or the data source that is not there. */
export async function findTablePlace(
  db: Db,
  workspaceId: number,
  tableId: number,
  dataSource: string,
): Promise<TablePlace> {
  const definition = await getDefinition(db, workspaceId, tableId)
  const source = await db
    .selectFrom('data_source')
    .select('label')
    .where('workspace_id', '=', workspaceId)
    .where('label', '=', dataSource)
    .executeTakeFirst()
  if (source === undefined) throw notFound(`The data source "${dataSource}" of workspace ${workspaceId}`)
  return { definition, schema: schemaName(workspaceId, source.label) }
}
