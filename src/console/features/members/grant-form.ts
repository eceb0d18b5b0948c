import { z } from 'zod'

import { grantProblems, Role } from '#api/contract/members.ts'
import { Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

/** What an account may do, as forms hold it: the fields of every role at once, so that another role loses nothing. */
export const GRANT_FIELDS = {
  role: Role,
  reach: z.enum(['all', 'chosen']),
  /** Ids as text, as the choosing control holds them; used with the reach `chosen`. */
  workspaces: z.array(z.string()),
  scopes: Scopes,
}
const GrantObject = z.object(GRANT_FIELDS)
export type GrantFields = z.infer<typeof GrantObject>

export const GrantForm = GrantObject.superRefine(refuseBadGrant)

/** For the forms that hold a grant among other fields. */
export function refuseBadGrant(form: GrantFields, context: z.RefinementCtx): void {
  if (form.role !== 'member') return
  for (const { param, message } of grantProblems({ role: 'member', scopes: form.scopes, workspaces: 'all' }))
    context.addIssue({ code: 'custom', path: [param], message })
  if (form.reach === 'chosen' && form.workspaces.length === 0)
    context.addIssue({ code: 'custom', path: ['workspaces'], message: 'Choose a workspace' })
}

interface Grant {
  role: Role
  scopes: Scopes
  workspaces: Workspaces
}

/** What is sent: scopes and workspaces of a member, the role alone of everybody else. */
export function grantOf(form: GrantFields): { role: Role; scopes?: Scopes; workspaces?: Workspaces } {
  if (form.role !== 'member') return { role: form.role }
  return { role: 'member', scopes: form.scopes, workspaces: reachOf(form) }
}

export function reachOf({ reach, workspaces }: Pick<GrantFields, 'reach' | 'workspaces'>): Workspaces {
  return reach === 'all' ? 'all' : workspaces.map(Number)
}

/** Nothing: what somebody may do is chosen, never taken over by pressing Enter. */
export const GRANT_START: GrantFields = { role: 'member', reach: 'chosen', workspaces: [], scopes: {} }

/** The fields of a grant that is there. What owners and admins hold is no start for a member. */
export function fieldsOf({ role, scopes, workspaces }: Grant): GrantFields {
  if (role !== 'member') return { ...GRANT_START, role }
  const chosen = workspaces === 'all' ? [] : workspaces.map(String)
  return { role, scopes, reach: workspaces === 'all' ? 'all' : 'chosen', workspaces: chosen }
}
