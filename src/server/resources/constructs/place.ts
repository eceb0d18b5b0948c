import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { notFound } from '../../errors.ts'
import { requireWorkspaceRow } from '../../tables/definition-store.ts'
import type { Kind, PathIds } from './kind.ts'
import { type ConstructPlace, type ConstructRow, findConstruct } from './store.ts'

/** An API group as queries need it. */
export interface Group {
  id: number
  name: string
  branchId: number
}

/** Where a list or a new construct is. */
export interface Place extends ConstructPlace {
  group: Group | null
}

/**
 * The branch that is named (empty = the live one); for queries the group in the path and its branch. `hold` keeps the
 * group's name and its queries' as they are until the transaction ends. Throws `not_found`, also for a group of another branch than named.
 */
export async function readPlace(
  db: Db,
  params: PathIds,
  branchLabel: string,
  { hold }: { hold: boolean },
): Promise<Place> {
  const workspaceId = params.workspace_id
  await requireWorkspaceRow(db, workspaceId)
  const group = await readGroup(db, params, { hold })
  if (group !== null && branchLabel === '') {
    return { workspaceId, branchId: group.branchId, groupId: group.id, group }
  }
  const branch = await readBranch(db, workspaceId, branchLabel)
  if (group !== null && group.branchId !== branch.id) throw notFound(`API group ${group.id} of branch ${branch.label}`)
  return { workspaceId, branchId: branch.id, groupId: group?.id ?? null, group }
}

/** The group in the path, or null for kinds without one; throws `not_found`. */
export async function readGroup(db: Db, params: PathIds, { hold }: { hold: boolean }): Promise<Group | null> {
  const id = params['apigroup_id']
  if (id === undefined) return null
  const row = await db
    .selectFrom('api_group')
    .select(['id', 'name', 'branch_id'])
    .where('workspace_id', '=', params.workspace_id)
    .where('id', '=', id)
    // Not shared: of two new queries at once the second must see the first one's address.
    .$if(hold, (select) => select.forNoKeyUpdate())
    .executeTakeFirst()
  if (row === undefined) throw notFound(`API group ${id}`)
  return { id: row.id, name: row.name, branchId: row.branch_id }
}

/** The construct in a path, in whatever branch it is; throws `not_found`. */
export async function readConstructAt(
  db: Db,
  kind: Kind,
  params: PathIds,
  { lock }: { lock: boolean },
): Promise<ConstructRow> {
  const id = params[kind.idParam] ?? 0
  const at = { workspaceId: params.workspace_id, groupId: params['apigroup_id'] ?? null, id }
  const row = await findConstruct(db, kind.kind, at, { lock })
  if (row === undefined) throw notFound(`The ${kind.noun} ${id}`)
  return row
}
