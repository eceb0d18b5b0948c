import { type Selectable, sql } from 'kysely'

import type { ApiGroup } from '#api/contract/api-groups.ts'
import { metaTime } from '#api/contract/names.ts'
import type { ListQuery } from '#api/contract/paging.ts'

import type { Db } from '../../db/connection.ts'
import type { ApiGroupTable } from '../../db/tables.ts'
import { type AppError, invalidInput, notFound } from '../../errors.ts'
import { newCanonical, newGuid } from '../../ids.ts'

type Row = Selectable<ApiGroupTable>

export interface ApiGroupFields {
  name?: string | undefined
  description?: string | undefined
  docs?: string | undefined
  swagger?: boolean | undefined
  tag?: string[] | null | undefined
}

/** One page of a branch's groups, and whether there is more. */
export async function pageApiGroups(
  db: Db,
  branchId: number,
  query: ListQuery,
): Promise<{ rows: Row[]; hasMore: boolean }> {
  const rows = await db
    .selectFrom('api_group')
    .selectAll()
    .where('branch_id', '=', branchId)
    .$if(query.search !== '', (select) => {
      const text = query.search.toLowerCase()
      return select.where(sql<boolean>`(strpos(lower(name), ${text}) > 0 or strpos(lower(description), ${text}) > 0)`)
    })
    .orderBy(query.sort, query.order)
    .orderBy('id', query.order)
    .limit(query.per_page + 1)
    .offset((query.page - 1) * query.per_page)
    .execute()
  return { rows: rows.slice(0, query.per_page), hasMore: rows.length > query.per_page }
}

/** One group of the workspace, in whatever branch; throws `not_found`. */
export async function getApiGroup(db: Db, workspaceId: number, id: number): Promise<Row & { branch: string }> {
  const row = await db
    .selectFrom('api_group')
    .innerJoin('branch', 'branch.id', 'api_group.branch_id')
    .selectAll('api_group')
    .select('branch.label as branch')
    .where('api_group.workspace_id', '=', workspaceId)
    .where('api_group.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`API group ${id}`)
  return row
}

/** Adds a group with a new canonical. */
export async function insertApiGroup(
  db: Db,
  place: { workspaceId: number; branchId: number },
  fields: ApiGroupFields & { name: string },
  now: Date,
): Promise<Row> {
  await requireFreeName(db, place.branchId, fields.name, null)
  return db
    .insertInto('api_group')
    .values({
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      name: fields.name,
      description: fields.description ?? '',
      docs: fields.docs ?? '',
      guid: newGuid(),
      canonical: newCanonical(),
      swagger: fields.swagger ?? true,
      tag: JSON.stringify(fields.tag ?? []),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTakenName(fields.name))
}

/** Changes what is sent. */
export async function updateApiGroup(db: Db, row: Row, fields: ApiGroupFields, now: Date): Promise<Row> {
  if (fields.name !== undefined) await requireFreeName(db, row.branch_id, fields.name, row.id)
  return db
    .updateTable('api_group')
    .set({
      ...(fields.name === undefined ? {} : { name: fields.name }),
      ...(fields.description === undefined ? {} : { description: fields.description }),
      ...(fields.docs === undefined ? {} : { docs: fields.docs }),
      ...(fields.swagger === undefined ? {} : { swagger: fields.swagger }),
      ...(fields.tag === undefined ? {} : { tag: JSON.stringify(fields.tag ?? []) }),
      updated_at: now,
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTakenName(fields.name ?? row.name))
}

const UNIQUE_VIOLATION = '23505'

/** Two at once with one name: the database lets one through, and the other is told what a look beforehand would say. */
function refuseTakenName(name: string): (error: unknown) => never {
  return (error) => {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw takenName(name)
    throw error
  }
}

function takenName(name: string): AppError {
  return invalidInput('name', `An API group named "${name}" exists in this branch already. Choose another name.`)
}

async function requireFreeName(db: Db, branchId: number, name: string, except: number | null): Promise<void> {
  const taken = await db
    .selectFrom('api_group')
    .select('id')
    .where('branch_id', '=', branchId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
  if (taken !== undefined && taken.id !== except) {
    throw takenName(name)
  }
}

/** A group as the API answers it. */
export function toApiGroup(row: Row, branch: string): ApiGroup {
  return {
    id: row.id,
    created_at: metaTime(row.created_at),
    updated_at: metaTime(row.updated_at),
    name: row.name,
    description: row.description,
    docs: row.docs,
    guid: row.guid,
    canonical: row.canonical,
    branch,
    tag: row.tag,
    swagger: row.swagger,
  }
}
