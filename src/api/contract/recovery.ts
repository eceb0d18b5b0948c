import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { Session } from './session.ts'
import { NewPassword } from './setup.ts'
import { SignInStep } from './sign-in-step.ts'

const RecoveryToken = z.string().min(1, 'Open the link that the command printed').max(200)

/** What the page of a recovery link shows. A POST, so that the secret is in no address. */
export const lookAtRecovery = endpoint({
  id: 'recoveryLook',
  method: 'POST',
  path: '/api:console/recovery/look',
  scope: 'public',
  audited: false,
  bodyLimitBytes: 16_384,
  body: z.strictObject({ token: RecoveryToken }),
  reply: z.object({
    email: z.string(),
    expiresAt: z.iso.datetime(),
    /** True where authenticator app, passkeys and recovery codes go too. */
    resetsTwoStep: z.boolean(),
  }),
})

/**
 * Gives the account a new password, uses the link up, ends the account's sessions and signs in, or says what the second
 * step is, as sign-in does. Links are made by `metadeck recover-owner` only, on the machine of the server.
 */
export const finishRecovery = endpoint({
  id: 'recoveryFinish',
  method: 'POST',
  path: '/api:console/recovery/finish',
  scope: 'public',
  bodyLimitBytes: 16_384,
  changes: ['members'],
  body: z.strictObject({ token: RecoveryToken, password: NewPassword }),
  reply: z.union([Session, SignInStep]),
})
