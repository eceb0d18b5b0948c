import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { DisplayName } from './names.ts'
import { Proof, RecoveryCodes } from './second-factor.ts'
import { Session } from './session.ts'

const BODY_BYTES = 65_536

export const Passkey = z.object({
  id: z.number().int(),
  name: z.string(),
  /** True where its keeper copies it to several devices. */
  synced: z.boolean(),
  /** False where it was made for another host name than the present one: it cannot be used at this address. */
  usableHere: z.boolean(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type Passkey = z.infer<typeof Passkey>

const Base64Url = z
  .string()
  .max(60_000)
  .regex(/^[A-Za-z0-9_-]+$/, 'Not base64url')

/** `PublicKeyCredential.toJSON()` of a browser, as `@simplewebauthn/browser` passes it on. Unknown members are left out. */
const CREDENTIAL = {
  id: Base64Url.max(1_400),
  rawId: Base64Url.max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
}

export const PasskeyRegistration = z.object({
  ...CREDENTIAL,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: list(z.string().max(30)).max(10).default([]),
  }),
})
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>

export const PasskeyAssertion = z.object({
  ...CREDENTIAL,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: z
      .string()
      .max(200)
      .nullish()
      .transform((handle) => handle ?? ''),
  }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

/** What `startRegistration` and `startAuthentication` of `@simplewebauthn/browser` take as `optionsJSON`. */
const Challenge = z.object({ options: z.looseObject({ challenge: z.string() }) })

const AssertionBody = z.strictObject({ response: PasskeyAssertion })

export const listPasskeys = endpoint({
  id: 'passkeyList',
  method: 'GET',
  path: '/api:console/me/passkeys',
  scope: 'session',
  reply: z.object({ items: z.array(Passkey) }),
})

/** The challenge for a new passkey, good for five minutes. Needs a proof or a fresh sign-in. */
export const startPasskey = endpoint({
  id: 'passkeyStart',
  method: 'POST',
  path: '/api:console/me/passkeys/options',
  scope: 'session',
  bodyLimitBytes: BODY_BYTES,
  bodyOptional: true,
  body: Proof,
  reply: Challenge,
})

/**
 * Keeps a passkey. From the first one on the password alone opens the account no more; `recoveryCodes` is null where
 * the account has codes already.
 */
export const createPasskey = endpoint({
  id: 'passkeyCreate',
  method: 'POST',
  path: '/api:console/me/passkeys',
  scope: 'session',
  bodyLimitBytes: BODY_BYTES,
  body: z.strictObject({ name: DisplayName.default('Passkey'), response: PasskeyRegistration }),
  reply: z.object({ passkey: Passkey, recoveryCodes: RecoveryCodes.nullable() }),
  status: 201,
})

export const renamePasskey = endpoint({
  id: 'passkeyRename',
  method: 'PUT',
  path: '/api:console/me/passkeys/{id}',
  scope: 'session',
  params: z.object({ id: IdParam }),
  body: z.strictObject({ name: DisplayName }),
  reply: Passkey,
})

/**
 * Needs a proof, however fresh the sign-in is; where the account has nothing to prove itself by, a fresh sign-in. 409
 * where the last way of a demanded second step, or of the last owner, would go.
 */
export const removePasskey = endpoint({
  id: 'passkeyRemove',
  method: 'DELETE',
  path: '/api:console/me/passkeys/{id}',
  scope: 'session',
  params: z.object({ id: IdParam }),
  bodyOptional: true,
  body: Proof,
  reply: z.null(),
})

/** The challenge for a sign-in without a password: whichever passkey of this address the person picks. */
export const startPasskeySignIn = endpoint({
  id: 'passkeySignInStart',
  method: 'POST',
  path: '/api:console/session/passkey/options',
  scope: 'public',
  audited: false,
  reply: Challenge,
})

/** Signs in without a password. The authenticator must have asked for a PIN, a finger or the like. */
export const signInByPasskey = endpoint({
  id: 'passkeySignIn',
  method: 'POST',
  path: '/api:console/session/passkey',
  scope: 'public',
  bodyLimitBytes: BODY_BYTES,
  body: AssertionBody,
  reply: Session,
})

/** The challenge for the second step of a sign-in that has begun. */
export const startPasskeyStep = endpoint({
  id: 'signInPasskeyStart',
  method: 'POST',
  path: '/api:console/session/step/passkey/options',
  scope: 'public',
  audited: false,
  reply: Challenge,
})

/** Takes the second step; the answer sets the session cookie. */
export const finishPasskeyStep = endpoint({
  id: 'signInPasskeyFinish',
  method: 'POST',
  path: '/api:console/session/step/passkey',
  scope: 'public',
  bodyLimitBytes: BODY_BYTES,
  body: AssertionBody,
  reply: Session,
})
