import { createHash } from 'node:crypto'

import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'

import type { ListQuery } from '#api/contract/paging.ts'
import type { ConstructHeader } from '#xanoscript/construct-header.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

import type { Db } from '../../db/connection.ts'
import type { ConstructTable, Database } from '../../db/tables.ts'
import { newGuid } from '../../ids.ts'
import { refuseTaken } from './taken.ts'
import { requireTextBudget, textBytes } from './text-budget.ts'

/** A construct with the label of its branch. */
export type ConstructRow = Selectable<ConstructTable> & { branch: string }

/** Where a construct lies. Only queries have a group. */
export interface ConstructPlace {
  workspaceId: number
  branchId: number
  groupId: number | null
}

const branchLabel = sql<string>`(select label from metadeck.branch b where b.id = construct.branch_id)`

function selectConstructs(db: Db): SelectQueryBuilder<Database, 'construct', ConstructRow> {
  return db.selectFrom('construct').selectAll().select(branchLabel.as('branch'))
}

/** Newest first unless it says otherwise. */
export type PageOptions = Pick<ListQuery, 'page' | 'per_page' | 'search'> & Partial<Pick<ListQuery, 'sort' | 'order'>>

/** One page of the constructs of one kind in a place, and whether there is more. Throws 413 for too much text. */
export async function pageConstructs(
  db: Db,
  kind: ConstructKind,
  place: ConstructPlace,
  query: PageOptions,
): Promise<{ rows: ConstructRow[]; hasMore: boolean }> {
  const order = query.order ?? 'desc'
  const page = db
    .selectFrom('construct')
    .where('workspace_id', '=', place.workspaceId)
    .where('branch_id', '=', place.branchId)
    .where('kind', '=', kind)
    .$if(place.groupId !== null, (select) => select.where('api_group_id', '=', place.groupId))
    .$if(query.search !== '', (select) => {
      const text = query.search.toLowerCase()
      return select.where(sql<boolean>`(strpos(lower(name), ${text}) > 0 or strpos(lower(description), ${text}) > 0)`)
    })
    .orderBy(query.sort ?? 'created_at', order)
    .orderBy('id', order)
    .limit(query.per_page + 1)
    .offset((query.page - 1) * query.per_page)
  await requireTextBudget(db, page.select(textBytes.as('bytes')), 'Ask for fewer of them with per_page.')
  const rows = await page.selectAll().select(branchLabel.as('branch')).execute()
  return { rows: rows.slice(0, query.per_page), hasMore: rows.length > query.per_page }
}

/** Every construct of a branch in the order of their ids, or those of one kind. */
export function listConstructs(db: Db, branchId: number, kind?: ConstructKind): Promise<ConstructRow[]> {
  return selectConstructs(db)
    .where('branch_id', '=', branchId)
    .$if(kind !== undefined, (select) => select.where('kind', '=', kind ?? 'query'))
    .orderBy('id')
    .execute()
}

/** One construct by id, in whatever branch of the workspace. `lock` holds it until the transaction ends. */
export function findConstruct(
  db: Db,
  kind: ConstructKind,
  at: { workspaceId: number; groupId: number | null; id: number },
  { lock }: { lock: boolean },
): Promise<ConstructRow | undefined> {
  return selectConstructs(db)
    .where('workspace_id', '=', at.workspaceId)
    .where('kind', '=', kind)
    .where('id', '=', at.id)
    .$if(at.groupId !== null, (select) => select.where('api_group_id', '=', at.groupId))
    .$if(lock, (select) => select.forUpdate())
    .executeTakeFirst()
}

/** One construct of a branch by name, in any case; not for queries, whose names are not unique. */
export function findConstructNamed(
  db: Db,
  branchId: number,
  kind: Exclude<ConstructKind, 'query'>,
  name: string,
): Promise<ConstructRow | undefined> {
  return selectConstructs(db)
    .where('branch_id', '=', branchId)
    .where('kind', '=', kind)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
}

/** Adds a construct. `header` is what its text says; a text without guid gets a new one, kept beside it. */
export async function insertConstruct(
  db: Db,
  place: ConstructPlace,
  header: ConstructHeader,
  text: string,
  now: Date,
): Promise<ConstructRow> {
  const fields = { ...derivedFields(header, newGuid()), text }
  return db
    .insertInto('construct')
    .values({
      workspace_id: place.workspaceId,
      branch_id: place.branchId,
      api_group_id: place.groupId,
      kind: header.kind,
      ...fields,
      checksum: checksumOf(text),
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .returning(branchLabel.as('branch'))
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(header.kind, fields))
}

export type ConstructFields = Partial<Pick<ConstructRow, 'name' | 'verb' | 'description' | 'guid' | 'text' | 'draft'>>

/** The columns that are read out of a text. */
export function derivedFields(
  header: ConstructHeader,
  guid: string,
): Pick<ConstructRow, 'name' | 'verb' | 'description' | 'guid'> {
  return { name: header.name, verb: header.verb, description: header.description, guid: header.guid ?? guid }
}

/** Changes a construct; one that says all of it already stays as it is, its time of change too. */
export async function updateConstruct(
  db: Db,
  row: ConstructRow,
  fields: ConstructFields,
  now: Date,
): Promise<ConstructRow> {
  const after = { ...row, ...fields }
  if ((Object.keys(fields) as (keyof ConstructFields)[]).every((key) => after[key] === row[key])) return row
  const { name, verb, description, guid, text, draft } = after
  return db
    .updateTable('construct')
    .set({ name, verb, description, guid, text, draft, checksum: checksumOf(text), updated_at: now })
    .where('id', '=', row.id)
    .returningAll()
    .returning(branchLabel.as('branch'))
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(row.kind, after))
}

export async function deleteConstruct(db: Db, id: number): Promise<void> {
  await db.deleteFrom('construct').where('id', '=', id).execute()
}

function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
