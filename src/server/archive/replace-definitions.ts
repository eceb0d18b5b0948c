import { type Insertable, sql } from 'kysely'

import { type Db, OWN_SCHEMA } from '../db/connection.ts'
import type { Database } from '../db/tables.ts'
import { readBranch } from '../db/workspace.ts'
import { newCanonical, newGuid } from '../ids.ts'
import type { TableDefinition } from '../tables/definition.ts'
import type { ReadApiGroup } from './read-contents.ts'
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
    created_at: definition.createdAt,
    updated_at: definition.updatedAt,
  })
}

/** An insert that says the id, which identity columns take only with these words. */
async function insertRow<Name extends 'table_definition' | 'api_group'>(
  db: Db,
  table: Name,
  row: Insertable<Database[Name]> & { id: number },
): Promise<void> {
  const columns = sql.join(Object.keys(row).map((name) => sql.id(name)))
  await sql`insert into ${sql.id(OWN_SCHEMA, table)} (${columns}) overriding system value
    values (${sql.join(Object.values(row))})`.execute(db)
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
  const branch = await readBranch(db, workspaceId, '')
  await db
    .updateTable('branch')
    .set({ description: contents.branch.description, color: contents.branch.color, updated_at: now })
    .where('id', '=', branch.id)
    .execute()
  return branch.id
}

/**
 * Makes these the API groups of the branch. A group that is there already, by guid or name, keeps its id. A canonical
 * that another workspace has is replaced by a random one, as the documentation says.
 */
export async function replaceApiGroups(
  db: Db,
  place: { workspaceId: number; branchId: number },
  groups: readonly ReadApiGroup[],
  now: Date,
): Promise<void> {
  const before = await db.selectFrom('api_group').selectAll().where('branch_id', '=', place.branchId).execute()
  await db.deleteFrom('api_group').where('branch_id', '=', place.branchId).execute()
  const canonicals = await freeCanonicals(db, place.workspaceId, groups)
  const free = new Set(before)
  for (const [at, group] of groups.entries()) {
    const same = [...free].find(({ guid }) => group.guid !== '' && guid === group.guid)
    const kept = same ?? [...free].find(({ name }) => name.toLowerCase() === group.name.toLowerCase())
    if (kept !== undefined) free.delete(kept)
    await insertRow(db, 'api_group', {
      id: kept?.id ?? (await newGroupId(db)),
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      name: group.name,
      description: group.description,
      docs: group.docs,
      guid: group.guid === '' ? newGuid() : group.guid,
      canonical: canonicals[at] ?? newCanonical(),
      swagger: group.swagger,
      tag: JSON.stringify(group.tags),
      created_at: kept?.created_at ?? now,
      updated_at: now,
    })
  }
}

async function newGroupId(db: Db): Promise<number> {
  const next = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('metadeck.api_group', 'id')) as id`.execute(db)
  return next.rows[0]?.id ?? 0
}

/** The canonicals of the groups; a new one for each that is taken outside of this workspace, or earlier in the list. */
async function freeCanonicals(db: Db, workspaceId: number, groups: readonly ReadApiGroup[]): Promise<string[]> {
  if (groups.length === 0) return []
  // Two imports at a time must not both find the same one free.
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.canonicals', 0))`.execute(db)
  const rows = await db
    .selectFrom('api_group')
    .select('canonical')
    .where('workspace_id', '!=', workspaceId)
    .where(
      'canonical',
      'in',
      groups.map(({ canonical }) => canonical),
    )
    .execute()
  const taken = new Set(rows.map(({ canonical }) => canonical))
  return groups.map(({ canonical }) => {
    const own = taken.has(canonical) ? newCanonical() : canonical
    taken.add(own)
    return own
  })
}
