import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { type AppError, invalidInput, notFound } from '../../errors.ts'

const UNIQUE_VIOLATION = '23505'
const REFERENCE_VIOLATION = '23503'

/**
 * Two at once with one name: the database lets one through, and the other is told what a look beforehand would say.
 * So is who makes a group while its workspace is being deleted.
 */
export function refuseTaken(fields: { name: string; guid: string }): (error: unknown) => never {
  return (error) => {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown }
    if (code === REFERENCE_VIOLATION) throw notFound('The workspace')
    if (code !== UNIQUE_VIOLATION) throw error
    throw constraint === 'api_group_guid' ? takenGuid(fields.guid) : takenName(fields.name)
  }
}

function takenName(name: string): AppError {
  return invalidInput('name', `An API group named "${name}" exists in this branch already. Choose another name.`)
}

function takenGuid(guid: string): AppError {
  return invalidInput('guid', `Duplicate api_group guid: ${guid}. Another API group of this branch has it.`)
}

/** Throws 400 where another group of the branch has the name, in capitals or not. */
export async function requireFreeName(db: Db, branchId: number, name: string, ownId: number | null): Promise<void> {
  const taken = await db
    .selectFrom('api_group')
    .select('id')
    .where('branch_id', '=', branchId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
  if (taken !== undefined && taken.id !== ownId) throw takenName(name)
}

/**
 * Throws 400 where another group of the branch has the guid, or another group of the instance the canonical. Copies of
 * one group in several branches, known by their guid, share the canonical: the branch part of the address tells them
 * apart. Call it in a transaction: what is found free stays free until its end.
 */
export async function requireFreeIdentity(
  trx: Db,
  place: { workspaceId: number; branchId: number },
  { guid, canonical }: { guid: string; canonical: string },
  ownId: number | null,
): Promise<void> {
  // Imports take the same lock (`archive/replace-definitions.ts`): no index can say that copies may share.
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.canonicals', 0))`.execute(trx)
  const found = await trx
    .selectFrom('api_group')
    .select(['id', 'workspace_id', 'branch_id', 'guid', 'canonical'])
    .where((where) =>
      where.or([
        where('canonical', '=', canonical),
        where.and([where('branch_id', '=', place.branchId), where('guid', '=', guid)]),
      ]),
    )
    .execute()
  const others = found.filter(({ id }) => id !== ownId)
  if (others.some((other) => other.branch_id === place.branchId && other.guid === guid)) throw takenGuid(guid)
  const isCopy = (other: (typeof others)[number]): boolean =>
    other.workspace_id === place.workspaceId && other.guid === guid
  if (others.some((other) => other.canonical === canonical && !isCopy(other))) {
    throw invalidInput(
      'canonical',
      `The canonical "${canonical}" is part of the address of another API group. Choose another one.`,
    )
  }
}
