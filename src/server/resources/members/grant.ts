import { sql } from 'kysely'

import { grantProblems, type Role } from '#api/contract/members.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import type { Db } from '../../db/connection.ts'
import { invalidInput, invalidInputs } from '../../errors.ts'

/** A grant as a request says it. */
export interface Grant {
  role: Role
  scopes?: Scopes | undefined
  workspaces?: Workspaces | undefined
}

/** The columns of a grant; `scopes` is JSON text. */
export interface GrantColumns {
  role: Role
  scopes: string | null
  workspaces: number[] | null
}

/** True for the roles that hold everything. */
export function isStrong(role: Role | undefined): boolean {
  return role === 'admin' || role === 'owner'
}

/** Throws 400 naming each field that does not go with the role. */
export function requireWholeGrant(grant: Grant): void {
  const [first, ...others] = grantProblems(grant)
  if (first !== undefined) throw invalidInputs([first, ...others])
}

/** Workspaces that one grant may name; who needs more of them gets all. */
const WORKSPACES_MAX = 1_000

/** Throws 400 naming the first workspace that does not exist, or where there are too many of them. */
export async function requireWorkspacesExist(db: Db, workspaces: Workspaces | undefined): Promise<void> {
  if (workspaces === undefined || workspaces === 'all') return
  if (workspaces.length > WORKSPACES_MAX) {
    throw invalidInput('workspaces', `Choose at most ${WORKSPACES_MAX} workspaces, or all of them.`)
  }
  const rows = await db
    .selectFrom('workspace')
    .select('id')
    .where(sql<boolean>`id = any (${workspaces}::bigint[])`)
    .execute()
  const found = new Set(rows.map(({ id }) => id))
  const missing = workspaces.find((id) => !found.has(id))
  if (missing !== undefined) throw invalidInput('workspaces', `Workspace ${missing} does not exist.`)
}

/** A grant that is whole, as it is stored: nothing beside the role for owners and admins. */
export function columnsOf({ role, scopes, workspaces }: Grant): GrantColumns {
  if (role !== 'member') return { role, scopes: null, workspaces: null }
  return {
    role,
    scopes: JSON.stringify(scopes ?? {}),
    workspaces: workspaces === 'all' ? null : [...new Set(workspaces)],
  }
}
