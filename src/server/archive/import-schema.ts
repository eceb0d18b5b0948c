import type { RenamedCanonical } from '#api/contract/restores.ts'

import type { Connection, Db } from '../db/connection.ts'
import { holdWorkspace, schemaName } from '../db/workspace.ts'
import { AppError, invalidInput } from '../errors.ts'
import { newGuid } from '../ids.ts'
import { completeTables, createBareTable } from '../tables/ddl.ts'
import { listDefinitions, lockDefinitions } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { checkDefinition } from '../tables/validate-definition.ts'
import { badArchive } from './archive-error.ts'
import { lockImports } from './import-lock.ts'
import { nextId } from './insert-row.ts'
import type { CanonicalChoice } from './replace-api-groups.ts'
import { replaceLogic } from './replace-constructs.ts'
import { insertWithId } from './replace-definitions.ts'
import type { VerifiedArchive } from './verify.ts'

export interface SchemaTarget {
  workspaceId: number
  /** Label of the branch to make. */
  label: string
  setLive: boolean
  now: Date
  /** Absent = a new random one for each that is taken. */
  canonicals?: CanonicalChoice | undefined
  /** Runs as the last statement of the transaction, so that what it writes is true exactly when the import is. */
  beforeCommit?: (trx: Db, outcome: SchemaOutcome) => Promise<void>
}

/** What the import did that nobody else can tell. */
export interface SchemaOutcome {
  branchId: number
  /** Ids of the tables that the workspace lacked. */
  addedTables: number[]
  /** API groups that got another canonical than the archive says. */
  renamed: RenamedCanonical[]
}

/**
 * Loads the definitions of a verified archive into a new branch. Tables belong to the workspace: those it lacks are
 * added, empty; those it has stay as they are. All of it or nothing. Answers the branch's id.
 */
export async function importSchema(
  connection: Connection,
  archive: VerifiedArchive,
  target: SchemaTarget,
): Promise<number> {
  return connection.db.transaction().execute(async (trx) => {
    const { workspaceId, now, canonicals } = target
    // In the order of an import: first the lock that a delete looks at, the workspace itself last.
    await lockImports(trx, workspaceId)
    await lockDefinitions(trx, workspaceId)
    await holdWorkspace(trx, workspaceId)
    const branchId = await insertBranch(trx, archive, target)
    const addedTables = await addMissingTables(trx, archive, target)
    const renamed = await replaceLogic(trx, { workspaceId, branchId }, archive, { now, canonicals })
    await target.beforeCommit?.(trx, { branchId, addedTables, renamed })
    return branchId
  })
}

async function insertBranch(
  trx: Db,
  { contents }: VerifiedArchive,
  { workspaceId, label, setLive, now }: SchemaTarget,
): Promise<number> {
  const branches = await trx.selectFrom('branch').selectAll().where('workspace_id', '=', workspaceId).execute()
  if (branches.some((branch) => branch.label.toLowerCase() === label.toLowerCase())) {
    throw invalidInput('newbranch', `A branch with the label "${label}" exists already. Choose another label.`)
  }
  if (setLive) {
    const id = branches.find(({ live }) => live)?.id ?? 0
    await trx.updateTable('branch').set({ live: false, updated_at: now }).where('id', '=', id).execute()
  }
  const branch = await trx
    .insertInto('branch')
    .values({
      workspace_id: workspaceId,
      label,
      description: contents.branch.description,
      color: contents.branch.color,
      guid: newGuid(),
      live: setLive,
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return branch.id
}

async function addMissingTables(
  trx: Db,
  { contents }: VerifiedArchive,
  { workspaceId, now }: SchemaTarget,
): Promise<number[]> {
  const before = await listDefinitions(trx, workspaceId)
  const known = new Map(before.map(({ name, id }) => [name.toLowerCase(), id]))
  const ids: number[] = []
  const added: TableDefinition[] = []
  for (const { name } of contents.definitions)
    ids.push(known.get(name.toLowerCase()) ?? (await nextId(trx, 'table_definition')))
  for (const [at, read] of contents.definitions.entries()) {
    if (known.has(read.name.toLowerCase())) continue
    const columns = read.columns.map((column) => ({
      ...column,
      tableref_id: column.tableref_id == null ? null : (ids[column.tableref_id - 1] ?? null),
    }))
    const guid = read.guid === '' || before.some((table) => table.guid === read.guid) ? newGuid() : read.guid
    added.push({ ...read, columns, guid, id: ids[at] ?? 0, workspaceId, createdAt: now, updatedAt: now })
  }
  const all = [...before, ...added]
  for (const definition of added) {
    requireFitting(definition, all)
    await insertWithId(trx, definition)
  }
  const sources = await trx.selectFrom('data_source').select('label').where('workspace_id', '=', workspaceId).execute()
  for (const { label } of sources) {
    const schema = schemaName(workspaceId, label)
    for (const definition of added) await createBareTable(trx, schema, definition)
    await completeTables(trx, schema, added, all)
  }
  return added.map(({ id }) => id)
}

/** A table of the archive may refer to one that is here already and has ids of another type. */
function requireFitting(definition: TableDefinition, all: readonly TableDefinition[]): void {
  try {
    checkDefinition(definition, all)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw badArchive(
      'bad_definition',
      `The table "${definition.name}" of the archive does not fit the tables that are here: ${error.message}`,
      error,
    )
  }
}
