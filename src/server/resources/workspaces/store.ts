import { type Selectable, sql } from 'kysely'

import { metaTime } from '#api/contract/names.ts'
import type { Branch, DataSource, Workspace } from '#api/contract/workspaces.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { BranchTable, WorkspaceTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'

const withLiveBranch = sql<string>`(select label from metadeck.branch b where b.workspace_id = workspace.id and b.live)`

/** Workspaces in the caller's reach, in the order they were made. */
export async function listWorkspaces(db: Db, caller: Caller): Promise<Workspace[]> {
  const rows = await db
    .selectFrom('workspace')
    .selectAll()
    .select(withLiveBranch.as('live_branch'))
    .$if(caller.workspaces !== 'all', (query) =>
      query.where('id', 'in', caller.workspaces === 'all' ? [] : caller.workspaces),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => toWorkspace(row, row.live_branch))
}

/** One workspace; throws `not_found`. */
export async function getWorkspace(db: Db, id: number): Promise<Workspace> {
  const row = await db
    .selectFrom('workspace')
    .selectAll()
    .select(withLiveBranch.as('live_branch'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`Workspace ${id}`)
  return toWorkspace(row, row.live_branch)
}

export interface WorkspaceChange {
  name?: string | undefined
  description?: string | undefined
  swagger?: boolean | undefined
  documentation?: { require_token?: boolean | undefined } | undefined
  preferences?: { allow_push?: boolean | undefined } | undefined
}

/** Changes what is sent, also within `documentation` and `preferences`. */
export async function updateWorkspace(db: Db, id: number, change: WorkspaceChange, now: Date): Promise<void> {
  await db
    .updateTable('workspace')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.swagger === undefined ? {} : { swagger: change.swagger }),
      ...(change.documentation === undefined
        ? {}
        : { documentation: sql`documentation || ${JSON.stringify(change.documentation)}::jsonb` }),
      ...(change.preferences === undefined
        ? {}
        : { preferences: sql`preferences || ${JSON.stringify(change.preferences)}::jsonb` }),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

/** Branches of a workspace, first made first. */
export async function listBranches(db: Db, workspaceId: number): Promise<Branch[]> {
  const rows = await db.selectFrom('branch').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute()
  return rows.map((row) => toBranch(row))
}

/** Data sources of a workspace; `live` first. */
export async function listDataSources(db: Db, workspaceId: number): Promise<DataSource[]> {
  return db
    .selectFrom('data_source')
    .select(['label', 'color'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .orderBy('label')
    .execute()
}

/** A branch as the API answers it. */
export function toBranch(row: Selectable<BranchTable>): Branch {
  return {
    created_at: metaTime(row.created_at),
    label: row.label,
    description: row.description,
    color: row.color,
    live: row.live,
    backup: row.backup,
  }
}

function toWorkspace(row: Selectable<WorkspaceTable>, liveBranch: string): Workspace {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    branch: liveBranch,
    swagger: row.swagger,
    documentation: row.documentation,
    preferences: row.preferences,
    created_at: metaTime(row.created_at),
    updated_at: metaTime(row.updated_at),
  }
}
