import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { Role } from './members.ts'
import { DisplayName } from './names.ts'
import { Scopes } from './scopes.ts'
import { NewPassword } from './setup.ts'
import { WorkspacesInReach } from './tokens.ts'

/** The account of whoever is signed in. */
export const MyAccount = z.object({
  id: z.number().int(),
  name: z.string(),
  email: z.string(),
  role: Role,
  scopes: Scopes,
  /** May be none: an account that reached chosen ones, which are gone. */
  workspaces: WorkspacesInReach,
  hasPassword: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type MyAccount = z.infer<typeof MyAccount>

export const getMyAccount = endpoint({
  id: 'myAccountGet',
  method: 'GET',
  path: '/api:console/me',
  scope: 'session',
  reply: MyAccount,
})

export const updateMyAccount = endpoint({
  id: 'myAccountUpdate',
  method: 'PATCH',
  path: '/api:console/me',
  scope: 'session',
  bodyLimitBytes: 16_384,
  changes: ['members'],
  body: z.strictObject({ name: DisplayName }),
  reply: MyAccount,
})

export const ChangePassword = z.strictObject({
  current: z.string().min(1, 'Give your current password').max(1_000),
  next: NewPassword,
})

/**
 * Ends every other session, and gives this one a new cookie: a copy of the old one is worth nothing. Throttled like
 * sign-in; a wrong `current` is 403 with the field named.
 */
export const changePassword = endpoint({
  id: 'myPasswordChange',
  method: 'PUT',
  path: '/api:console/me/password',
  scope: 'session',
  changes: ['members'],
  bodyLimitBytes: 16_384,
  body: ChangePassword,
  reply: z.object({ endedSessions: z.number().int() }),
})
