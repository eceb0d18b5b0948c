import { type Selectable, sql } from 'kysely'

import type { ListQuery } from '#api/contract/paging.ts'

import type { Db } from '../../db/connection.ts'
import type { ApiGroupSettings, ApiGroupTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'
import { newCanonical, newGuid } from '../../ids.ts'
import { refuseTaken, requireFreeIdentity, requireFreeName } from './taken.ts'

/** A group with the label of its branch, and whether that is the live one. */
export type ApiGroupRow = Selectable<ApiGroupTable> & {
  branch: string
  live: boolean
}

/** What a request says of a group; what is undefined stays as it is. */
export interface ApiGroupFields {
  name?: string | undefined
  description?: string | undefined
  docs?: string | undefined
  swagger?: boolean | undefined
  tag?: string[] | null | undefined
  documentation?: ApiGroupRow['documentation'] | undefined
  settings?: ApiGroupSettings | undefined
  guid?: string | undefined
  canonical?: string | undefined
}

function selectGroups(db: Db) {
  return db
    .selectFrom('api_group')
    .innerJoin('branch', 'branch.id', 'api_group.branch_id')
    .selectAll('api_group')
    .select(['branch.label as branch', 'branch.live as live'])
}

/** One page of a branch's groups, and whether there is more. */
export async function pageApiGroups(
  db: Db,
  branchId: number,
  query: ListQuery,
): Promise<{ rows: ApiGroupRow[]; hasMore: boolean }> {
  const rows = await selectGroups(db)
    .where('api_group.branch_id', '=', branchId)
    .$if(query.search !== '', (select) => {
      const text = query.search.toLowerCase()
      return select.where(
        sql<boolean>`(strpos(lower(api_group.name), ${text}) > 0 or strpos(lower(api_group.description), ${text}) > 0)`,
      )
    })
    .orderBy(`api_group.${query.sort}`, query.order)
    .orderBy('api_group.id', query.order)
    .limit(query.per_page + 1)
    .offset((query.page - 1) * query.per_page)
    .execute()
  return { rows: rows.slice(0, query.per_page), hasMore: rows.length > query.per_page }
}

/** Every group of a branch, by name. */
export function listApiGroups(db: Db, branchId: number): Promise<ApiGroupRow[]> {
  return selectGroups(db)
    .where('api_group.branch_id', '=', branchId)
    .orderBy('api_group.name')
    .orderBy('api_group.id')
    .execute()
}

/** One group of the workspace, in whatever branch; throws `not_found`. */
export async function getApiGroup(db: Db, workspaceId: number, id: number): Promise<ApiGroupRow> {
  const row = await selectGroups(db)
    .where('api_group.workspace_id', '=', workspaceId)
    .where('api_group.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`API group ${id}`)
  return row
}

/** The same, held until the transaction ends. */
export async function holdApiGroup(trx: Db, workspaceId: number, id: number): Promise<ApiGroupRow> {
  const row = await selectGroups(trx)
    .where('api_group.workspace_id', '=', workspaceId)
    .where('api_group.id', '=', id)
    .forUpdate('api_group')
    .executeTakeFirst()
  if (row === undefined) throw notFound(`API group ${id}`)
  return row
}

/** The group that a public address means: a canonical, in the branch with this label or else in the live one. */
export function findByCanonical(db: Db, canonical: string, label: string): Promise<ApiGroupRow | undefined> {
  return selectGroups(db)
    .where('api_group.canonical', '=', canonical)
    .where((where) => (label === '' ? where('branch.live', '=', true) : where('branch.label', '=', label)))
    .executeTakeFirst()
}

/** The copy of a group in another branch: the one with its guid. */
export function findCopy(db: Db, branchId: number, guid: string): Promise<ApiGroupRow | undefined> {
  return selectGroups(db)
    .where('api_group.branch_id', '=', branchId)
    .where('api_group.guid', '=', guid)
    .executeTakeFirst()
}

/** Adds a group; guid and canonical are new unless they are sent. Call it in a transaction. */
export async function insertApiGroup(
  trx: Db,
  place: { workspaceId: number; branchId: number },
  fields: ApiGroupFields & { name: string },
  now: Date,
): Promise<ApiGroupRow> {
  const identity = { guid: fields.guid ?? newGuid(), canonical: fields.canonical ?? newCanonical() }
  await requireFreeName(trx, place.branchId, fields.name, null)
  await requireFreeIdentity(trx, place, identity, null)
  const { id } = await trx
    .insertInto('api_group')
    .values({
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      name: fields.name,
      description: fields.description ?? '',
      docs: fields.docs ?? '',
      ...identity,
      swagger: fields.swagger ?? true,
      documentation: JSON.stringify(fields.documentation ?? { require_token: false }),
      settings: JSON.stringify(fields.settings ?? {}),
      tag: JSON.stringify(fields.tag ?? []),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseTaken({ name: fields.name, guid: identity.guid }))
  return getApiGroup(trx, place.workspaceId, id)
}

/** Writes what a group says now. Call it in a transaction that holds the row. */
export async function writeApiGroup(trx: Db, row: ApiGroupRow, now: Date): Promise<ApiGroupRow> {
  const { name, description, docs, guid, canonical, swagger } = row
  await trx
    .updateTable('api_group')
    .set({
      name,
      description,
      docs,
      guid,
      canonical,
      swagger,
      documentation: JSON.stringify(row.documentation),
      settings: JSON.stringify(row.settings),
      tag: JSON.stringify(row.tag),
      updated_at: now,
    })
    .where('id', '=', row.id)
    .execute()
    .catch(refuseTaken(row))
  return { ...row, updated_at: now }
}
