import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { DisplayName } from './names.ts'

/** Shortest password an owner may choose; length protects better than rules about characters. */
export const PASSWORD_MIN = 10

export const Email = z.email('Not an e-mail address').trim().toLowerCase().max(254)
export const NewPassword = z.string().min(PASSWORD_MIN, `At least ${PASSWORD_MIN} characters`).max(1_000)

export const SetupState = z.object({
  /** True until the first owner exists. */
  needed: z.boolean(),
})

/** Whether this Metadeck still waits for its owner. */
export const getSetup = endpoint({
  id: 'setupGet',
  method: 'GET',
  path: '/api:console/setup',
  scope: 'public',
  reply: SetupState,
})

/** `link` is the secret part of the printed one-time link; it is used up by success. */
export const CompleteSetup = z.strictObject({
  link: z.string().min(1, 'Open the setup link that the server printed').max(200),
  name: DisplayName,
  email: Email,
  password: NewPassword,
})

/** Makes the owner and signs in. */
export const completeSetup = endpoint({
  id: 'setupComplete',
  method: 'POST',
  bodyLimitBytes: 16_384,
  path: '/api:console/setup',
  scope: 'public',
  body: CompleteSetup,
  reply: z.object({ email: z.string() }),
  status: 201,
})
