import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { Scopes } from './scopes.ts'
import { SignInStep } from './sign-in-step.ts'

/** Who is signed in, and where this console runs. */
export const Session = z.object({
  user: z.object({
    id: z.number().int(),
    name: z.string(),
    email: z.string(),
    role: z.enum(['owner', 'admin', 'member']),
  }),
  scopes: Scopes,
  /** Those in reach: all of them, or their ids, which may be none. */
  workspaces: z.union([z.literal('all'), z.array(z.number().int())]),
  expiresAt: z.iso.datetime(),
  server: z.object({ version: z.string(), publicUrl: z.string() }),
})
export type Session = z.infer<typeof Session>

export const SignIn = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, 'Give your e-mail address').max(254),
  password: z.string().min(1, 'Give your password').max(1_000),
})

/**
 * Signs in: the answer sets the session cookie, or says what the second step is (`needs`). Throttled by address and by
 * account.
 */
export const signIn = endpoint({
  id: 'sessionCreate',
  method: 'POST',
  bodyLimitBytes: 16_384,
  path: '/api:console/session',
  scope: 'public',
  body: SignIn,
  reply: z.union([Session, SignInStep]),
})

export const getSession = endpoint({
  id: 'sessionGet',
  method: 'GET',
  path: '/api:console/session',
  scope: 'session',
  reply: Session,
})

/** Signs out; the answer is the same when nobody is signed in, so that a stale cookie can always be dropped. */
export const signOut = endpoint({
  id: 'sessionDelete',
  method: 'DELETE',
  path: '/api:console/session',
  scope: 'public',
  reply: z.null(),
})
