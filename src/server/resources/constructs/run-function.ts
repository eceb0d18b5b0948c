import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { notFound } from '../../errors.ts'
import { requireWorkspaceRow } from '../../tables/definition-store.ts'
import { findConstructNamed } from './store.ts'

/**
 * Stands in for running a function: nothing here runs XanoScript yet. The contract calls every status but `ok` a
 * failure, so a caller learns in the contract's own terms that the function is known and that it was not run; an
 * error status would say that the request was wrong. Throws `not_found` for a function that the branch lacks.
 */
export async function runFunction(
  db: Db,
  workspaceId: number,
  input: { name: string; branch?: string | undefined },
): Promise<{ status: string; result: null; logs: string[] }> {
  await requireWorkspaceRow(db, workspaceId)
  const branch = await readBranch(db, workspaceId, input.branch ?? '')
  const row = await findConstructNamed(db, branch.id, 'function', input.name)
  if (row === undefined) throw notFound(`The function "${input.name}" of branch ${branch.label}`)
  return {
    status: 'unsupported',
    result: null,
    logs: ['This Metadeck does not run XanoScript yet: the function was found, and nothing was run.'],
  }
}
