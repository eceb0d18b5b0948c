import type { Db } from '../../db/connection.ts'
import { schemaName } from '../../db/workspace.ts'
import { notFound } from '../../errors.ts'
import { getDefinitionIn } from '../definition-store.ts'
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
  const { definition, hasDataSource } = await getDefinitionIn(db, workspaceId, tableId, dataSource)
  if (!hasDataSource) throw notFound(`The data source "${dataSource}" of workspace ${workspaceId}`)
  return { definition, schema: schemaName(workspaceId, dataSource) }
}
