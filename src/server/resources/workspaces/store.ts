import { isDeepStrictEqual } from 'node:util'

import { type Selectable, sql } from 'kysely'

import { metaTime } from '#api/contract/names.ts'
import type { UpdateWorkspace, Workspace } from '#api/contract/workspaces.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { WorkspaceTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'
import { sentKeys } from './sent-keys.ts'

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

/** What a workspace says, for its version and the audit record. */
export function workspaceContent(workspace: Workspace): object {
  const { id: _id, created_at: _created, updated_at: _updated, ...content } = workspace
  return content
}

/** Changes what is sent, also inside documentation and preferences. Nothing is written where that is there already. */
export async function updateWorkspace(
  db: Db,
  before: Workspace,
  { documentation, preferences, ...plain }: UpdateWorkspace,
  now: Date,
): Promise<Workspace> {
  const after = {
    ...before,
    ...sentKeys(plain),
    documentation: { ...before.documentation, ...sentKeys(documentation ?? {}) },
    preferences: { ...before.preferences, ...sentKeys(preferences ?? {}) },
  }
  if (isDeepStrictEqual(after, before)) return before
  await db
    .updateTable('workspace')
    .set({
      name: after.name,
      description: after.description ?? '',
      swagger: after.swagger ?? true,
      documentation: JSON.stringify(after.documentation),
      preferences: JSON.stringify(after.preferences),
      updated_at: now,
    })
    .where('id', '=', before.id)
    .execute()
  return getWorkspace(db, before.id)
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
