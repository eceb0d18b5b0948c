import type { Db } from '../db/connection.ts'
import { readBranch } from '../db/workspace.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { insertRow } from './insert-row.ts'
import type { Manifest } from './manifest.ts'
import type { VerifiedArchive } from './verify.ts'

/** Makes these the definitions of the workspace, under the ids they carry. */
export async function replaceDefinitions(
  db: Db,
  workspaceId: number,
  definitions: readonly TableDefinition[],
): Promise<void> {
  await db.deleteFrom('table_definition').where('workspace_id', '=', workspaceId).execute()
  for (const definition of definitions) await insertWithId(db, definition)
}

/** Makes these the definitions of the tables with their ids, in the place of `removed`; the others stay. */
export async function replaceSomeDefinitions(
  db: Db,
  removed: readonly number[],
  definitions: readonly TableDefinition[],
): Promise<void> {
  if (removed.length > 0) await db.deleteFrom('table_definition').where('id', 'in', removed).execute()
  for (const definition of definitions) await insertWithId(db, definition)
}

/** Writes a definition under the id it carries. */
export async function insertWithId(db: Db, definition: TableDefinition): Promise<void> {
  await insertRow(db, 'table_definition', {
    id: definition.id,
    workspace_id: definition.workspaceId,
    name: definition.name,
    description: definition.description,
    docs: definition.docs,
    auth: definition.auth,
    guid: definition.guid,
    tag: JSON.stringify(definition.tag),
    columns: JSON.stringify(definition.columns),
    indexes: JSON.stringify(definition.indexes),
    autocomplete: JSON.stringify(definition.autocomplete),
    api_group_guid: definition.apiGroupGuid ?? null,
    created_at: definition.createdAt,
    updated_at: definition.updatedAt,
  })
}

/**
 * Takes the settings of the workspace and of its branch from the archive. An archive holds one branch: it goes into
 * the live one, which keeps its label; the other branches stay. Answers the branch's id.
 */
export async function replaceSettings(
  db: Db,
  workspaceId: number,
  { manifest, contents }: VerifiedArchive,
  now: Date,
): Promise<number> {
  const { swagger, documentation, preferences } = manifest.workspace.settings
  await db
    .updateTable('workspace')
    .set({
      description: contents.workspace.description,
      swagger,
      documentation: JSON.stringify(documentation),
      preferences: JSON.stringify(preferences),
      updated_at: now,
    })
    .where('id', '=', workspaceId)
    .execute()
  await replaceRealtime(db, workspaceId, manifest)
  const branch = await readBranch(db, workspaceId, '')
  await db
    .updateTable('branch')
    .set({ description: contents.branch.description, color: contents.branch.color, updated_at: now })
    .where('id', '=', branch.id)
    .execute()
  return branch.id
}

/** The connection's public name is kept where no other workspace has it; an archive without one changes nothing. */
async function replaceRealtime(db: Db, workspaceId: number, { workspace }: Manifest): Promise<void> {
  const { realtime } = workspace.settings
  if (realtime === undefined) return
  const taken = await db
    .selectFrom('workspace')
    .select('id')
    .where('realtime_hash', '=', realtime.hash)
    .where('id', '!=', workspaceId)
    .executeTakeFirst()
  await db
    .updateTable('workspace')
    .set({ realtime_enabled: realtime.enabled, ...(taken === undefined ? { realtime_hash: realtime.hash } : {}) })
    .where('id', '=', workspaceId)
    .execute()
}
