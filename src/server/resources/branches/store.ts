import { type Selectable, sql } from 'kysely'

import { metaTime } from '#api/contract/names.ts'
import type { Branch, CreateBranch, UpdateBranch } from '#api/contract/workspaces.ts'

import type { Db } from '../../db/connection.ts'
import type { BranchTable } from '../../db/tables.ts'
import { FIRST_BRANCH } from '../../db/workspace.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { newGuid } from '../../ids.ts'

export type BranchRow = Selectable<BranchTable>

/** Branches of a workspace, first made first. */
export async function listBranches(db: Db, workspaceId: number): Promise<BranchRow[]> {
  return db.selectFrom('branch').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute()
}

/** A branch as the API answers it. */
export function toBranch(row: BranchRow): Branch {
  return { created_at: metaTime(row.created_at), ...branchContent(row) }
}

/** What a branch says, for its version. */
export function branchContent({ label, description, color, live, backup }: BranchRow): Omit<Branch, 'created_at'> {
  return { label, description, color, live, backup }
}

/** Adds an empty branch that is not live. The workspace is held (`holdWorkspace`). */
export async function insertBranch(
  trx: Db,
  workspaceId: number,
  { label, description, color }: CreateBranch,
  now: Date,
): Promise<BranchRow> {
  await requireFreeLabel(trx, workspaceId, label, null)
  return trx
    .insertInto('branch')
    .values({
      workspace_id: workspaceId,
      label,
      description,
      color,
      guid: newGuid(),
      live: false,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Changes what is sent; nothing is written where that is there already. The workspace is held. */
export async function updateBranch(trx: Db, before: BranchRow, change: UpdateBranch, now: Date): Promise<BranchRow> {
  const label = change.label ?? before.label
  const description = change.description ?? before.description
  const color = change.color ?? before.color
  if (label === before.label && description === before.description && color === before.color) return before
  if (label !== before.label) {
    if (before.label === FIRST_BRANCH) {
      throw invalidInput(
        'label',
        `The branch ${FIRST_BRANCH} keeps its label: every workspace has a branch of that name.`,
      )
    }
    await requireFreeLabel(trx, before.workspace_id, label, before.id)
  }
  return trx
    .updateTable('branch')
    .set({ label, description, color, updated_at: now })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Makes a branch the live one in place of the other. The workspace is held, so that it is exactly one at any time. */
export async function setLive(trx: Db, branch: BranchRow, now: Date): Promise<BranchRow> {
  if (branch.live) return branch
  await trx
    .updateTable('branch')
    .set({ live: false, updated_at: now })
    .where('workspace_id', '=', branch.workspace_id)
    .where('live', '=', true)
    .execute()
  return trx
    .updateTable('branch')
    .set({ live: true, updated_at: now })
    .where('id', '=', branch.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Deletes a branch; its API groups and constructs go with it. The workspace is held. */
export async function deleteBranch(trx: Db, branch: BranchRow): Promise<void> {
  if (branch.label === FIRST_BRANCH) {
    throw new AppError('invalid_input', `The branch ${FIRST_BRANCH} cannot be deleted: every workspace has it.`, {
      payload: { reason: 'protected' },
    })
  }
  if (branch.live) {
    throw new AppError(
      'invalid_input',
      `The branch ${branch.label} cannot be deleted, because it is the live one. Make another branch live first.`,
      { payload: { reason: 'protected' } },
    )
  }
  await trx.deleteFrom('branch').where('id', '=', branch.id).execute()
}

/** Labels that differ in case only are refused too: in an address nobody tells them apart. */
async function requireFreeLabel(trx: Db, workspaceId: number, label: string, except: number | null): Promise<void> {
  const taken = await trx
    .selectFrom('branch')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`lower(label) = lower(${label})`)
    .execute()
  if (taken.every(({ id }) => id === except)) return
  throw invalidInput('label', `A branch with the label "${label}" exists already. Choose another label.`)
}
