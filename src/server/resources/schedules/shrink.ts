import type { Retention } from '#api/contract/schedules.ts'
import { hasScope } from '#api/contract/scopes.ts'

import type { Caller } from '../../caller.ts'
import { AppError } from '../../errors.ts'
import { keepsAll } from './keep.ts'

const DELETE_SCOPE = 'instance:workspace:delete'
const RULES = ['last', 'daily', 'weekly', 'monthly'] as const satisfies (keyof Retention)[]

/** True where backups may go that the retention before would keep: each rule keeps some by itself. */
export function isSmaller(after: Retention, before: Retention): boolean {
  if (keepsAll(after)) return false
  return keepsAll(before) || RULES.some((rule) => after[rule] < before[rule])
}

/** Throws 403 naming the scope where a change of the retention deletes backups and the caller may delete none. */
export function requireMayShrink(caller: Caller, before: Retention, after: Retention): void {
  if (!isSmaller(after, before) || hasScope(caller.scopes, DELETE_SCOPE)) return
  throw new AppError(
    'access_denied',
    `Access Denied. This retention keeps less than the one before, which deletes backups: that asks for the scope ${DELETE_SCOPE}. Keep as much as before, or use a token with that scope.`,
    { payload: { scope: DELETE_SCOPE } },
  )
}
