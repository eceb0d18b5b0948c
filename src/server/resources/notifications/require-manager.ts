import type { Caller } from '../../caller.ts'
import { AppError } from '../../errors.ts'

/** Throws 403 unless the caller is an owner or an admin: channels reach beyond any workspace and hold secrets. */
export function requireManager(caller: Caller): void {
  if (caller.user?.role === 'owner' || caller.user?.role === 'admin') return
  throw new AppError('access_denied', 'Access Denied. Notifications are for owners and admins. Ask one of them.', {
    payload: { reason: 'role' },
  })
}
