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

/** Throws 400 naming each field that does not go with the role. */
export function requireWholeGrant(grant: Grant): void {
  const [first, ...others] = grantProblems(grant)
  if (first !== undefined) throw invalidInputs([first, ...others])
}

/** Throws 400 naming the first workspace that does not exist. */
export async function requireWorkspacesExist(db: Db, workspaces: Workspaces | undefined): Promise<void> {
  if (workspaces === undefined || workspaces === 'all') return
  const found = await db.selectFrom('workspace').select('id').where('id', 'in', workspaces).execute()
  const missing = workspaces.find((id) => !found.some((row) => row.id === id))
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
