import type { Caller } from '../../caller.ts'
import { AppError } from '../../errors.ts'

/** Targets belong to no workspace. Throws 403 for a caller who is limited to some. */
export function requireEverywhere(caller: Caller): void {
  if (caller.workspaces !== 'all') throw limited(caller, 'Use an account or a token that reaches all of them.')
}

/**
 * Throws 403 where a caller who is limited to some workspaces names a target, be it there or not: they cannot list them,
 * and must not learn by trying which there are, nor choose where archives leave the machine to. What was set by somebody
 * who may (`before`) they can keep; null, the folder of the instance, is for everybody.
 */
export function requireMayName(caller: Caller, targetId: number | null, before: number | null = null): void {
  if (caller.workspaces === 'all' || targetId === null || targetId === before) return
  throw limited(
    caller,
    'Leave out targetId for the folder of this server, or ask an owner or an admin to set a target.',
  )
}

function limited({ kind }: Caller, advice: string): AppError {
  const who = kind === 'token' ? 'this token' : 'your account'
  return new AppError(
    'access_denied',
    `Access Denied. Targets serve all workspaces, and ${who} is limited to some. ${advice}`,
    { payload: { reason: 'workspace' } },
  )
}
