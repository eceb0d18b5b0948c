import type { Connection } from '../../db/connection.ts'
import { selectPrepared } from '../../db/prepared.ts'
import { schemaName } from '../../db/workspace.ts'
import { notFound } from '../../errors.ts'
import { getDefinitionIn } from '../definition-store.ts'
import type { TableDefinition } from '../definition.ts'

/** A table in one data source: its definition and the schema that holds these rows. */
export interface TablePlace {
  definition: TableDefinition
  schema: string
}

/** Which table, in which data source, a request is about. */
export interface PlaceKey {
  workspaceId: number
  tableId: number
  dataSource: string
}

/** Finds the table; throws 404 naming the workspace, the table or the data source that is not there. */
export type FindPlace = (key: PlaceKey, seenVersion?: string | null) => Promise<TablePlace>

/**
 * SQL of a table's version, null where the workspace has no such table or no such data source. A hash of the whole row
 * stands for the definition: whatever process changes it, the hash changes too. Takes the names of three parameters.
 */
export const TABLE_VERSION_SQL = (workspaceId: string, tableId: string, dataSource: string): string =>
  `select encode(sha256(convert_to(definition::text, 'UTF8')), 'base64')
    from metadeck.table_definition as definition
    join metadeck.data_source as source on source.workspace_id = definition.workspace_id
    where definition.workspace_id = ${workspaceId}::bigint and definition.id = ${tableId}::bigint
      and source.label = ${dataSource}::text`

const FIND_VERSION = {
  name: 'metadeck_find_table_version',
  text: `select (${TABLE_VERSION_SQL('$1', '$2', '$3')}) as version`,
}

/** Definitions that are kept; the ones used longest ago go first. */
const KEPT_MAX = 200

interface Kept {
  version: string
  definition: TableDefinition
}

/**
 * Finds tables. Every access to rows does, so definitions that were read before are kept, and each time only asked
 * whether they are still the ones in the database. A caller that has just seen the version may pass it.
 */
export function createPlaceFinder({ pool, db }: Pick<Connection, 'pool' | 'db'>): FindPlace {
  const kept = new Map<number, Kept>()

  function keep(tableId: number, entry: Kept): void {
    kept.delete(tableId)
    kept.set(tableId, entry)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
  }

  async function readVersion({ workspaceId, tableId, dataSource }: PlaceKey): Promise<string | null> {
    const values = [workspaceId, tableId, dataSource]
    const [found] = await selectPrepared<{ version: string | null }>(pool, FIND_VERSION, values)
    return found?.version ?? null
  }

  return async (key, seenVersion) => {
    const { workspaceId, tableId, dataSource } = key
    const schema = schemaName(workspaceId, dataSource)
    const version = seenVersion ?? (await readVersion(key))
    const known = kept.get(tableId)
    if (known !== undefined && known.version === version) {
      keep(tableId, known)
      return { definition: known.definition, schema }
    }
    const { definition, hasDataSource } = await getDefinitionIn(db, workspaceId, tableId, dataSource)
    if (!hasDataSource) throw notFound(`The data source "${dataSource}" of workspace ${workspaceId}`)
    // A change between the two reads is kept under the hash from before it, which no later read finds again.
    if (version !== null) keep(tableId, { version, definition })
    return { definition, schema }
  }
}
