import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { Session } from './session.ts'
import { SignInStep } from './sign-in-step.ts'

const SMALL_BODY_BYTES = 16_384

/** Six digits of an authenticator app; blanks between them are left out. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'Give the six digits that the app shows'))

/** As printed, with or without the hyphens. */
export const RecoveryCode = z.string().trim().min(1, 'Give a recovery code').max(60)

/**
 * Shows that the person at the keyboard owns the account: the password, a code of the app or a recovery code. Where it
 * says so, a sign-in of the last ten minutes does as well, and the body may be empty. A refusal is 403 with the reason
 * `proof_required`.
 */
export const Proof = z.strictObject({
  password: z.string().min(1, 'Give your password').max(1_000).optional(),
  code: TotpCode.optional(),
  recoveryCode: RecoveryCode.optional(),
})
export type Proof = z.infer<typeof Proof>

/**
 * What a body may hold beside its own fields where it says so: with a sign-in of the last ten minutes it may be left out,
 * else the answer is 403 with the reason `proof_required`.
 */
export const PROOF_FIELD = { proof: Proof.optional() }

/** What the second step of the own account consists of. */
export const SecondFactorState = z.object({
  /** When the authenticator app was set up; null = there is none. */
  totpSince: z.iso.datetime().nullable(),
  passkeys: z.number().int(),
  recoveryCodesLeft: z.number().int(),
  /** True where this Metadeck demands a second step of everybody: the last way of taking it cannot be removed. */
  required: z.boolean(),
})
export type SecondFactorState = z.infer<typeof SecondFactorState>

/** An authenticator app that is being set up. Told once. */
export const NewTotp = z.object({
  /** Base32, for typing by hand. */
  secret: z.string(),
  /** `otpauth://totp/...` */
  uri: z.string(),
  /** The same as a QR code: an SVG path in a square of `size` units, quiet zone included. */
  qr: z.object({ size: z.number().int(), path: z.string() }),
})
export type NewTotp = z.infer<typeof NewTotp>

/** Ten codes, told once; each is good for one sign-in. */
export const RecoveryCodes = z.array(z.string())

const CodeBody = z.strictObject({ code: TotpCode })

export const getSecondFactor = endpoint({
  id: 'secondFactorGet',
  method: 'GET',
  path: '/api:console/me/second-factor',
  scope: 'session',
  reply: SecondFactorState,
})

/**
 * Makes a secret; nothing is asked for at sign-in until a code confirmed it. Needs a proof or a fresh sign-in; a proof
 * where the account has passkeys.
 */
export const startTotp = endpoint({
  id: 'totpStart',
  method: 'POST',
  path: '/api:console/me/totp',
  scope: 'session',
  bodyLimitBytes: SMALL_BODY_BYTES,
  bodyOptional: true,
  body: Proof,
  reply: NewTotp,
})

/**
 * Turns the second step on and ends the other sessions. `recoveryCodes` is null where the account has codes already. A
 * wrong code is 403.
 */
export const confirmTotp = endpoint({
  id: 'totpConfirm',
  method: 'POST',
  path: '/api:console/me/totp/confirm',
  scope: 'session',
  bodyLimitBytes: SMALL_BODY_BYTES,
  body: CodeBody,
  reply: z.object({ recoveryCodes: RecoveryCodes.nullable() }),
})

/** Needs a proof, however fresh the sign-in is. 409 where the last way of a demanded second step would go. */
export const removeTotp = endpoint({
  id: 'totpRemove',
  method: 'DELETE',
  path: '/api:console/me/totp',
  scope: 'session',
  bodyLimitBytes: SMALL_BODY_BYTES,
  body: Proof,
  reply: SecondFactorState,
})

/**
 * Ten new codes; the old ones are worth nothing from then on. Needs a proof, as the codes are one; where the account has
 * nothing to prove itself by, a fresh sign-in.
 */
export const createRecoveryCodes = endpoint({
  id: 'recoveryCodesCreate',
  method: 'POST',
  path: '/api:console/me/recovery-codes',
  scope: 'session',
  bodyLimitBytes: SMALL_BODY_BYTES,
  bodyOptional: true,
  body: Proof,
  reply: z.object({ recoveryCodes: RecoveryCodes }),
})

/** What the sign-in that this browser has begun still needs; 401 where there is none. */
export const getSignInStep = endpoint({
  id: 'signInStepGet',
  method: 'GET',
  path: '/api:console/session/step',
  scope: 'public',
  reply: SignInStep,
})

/** The second step by a code of the app or a recovery code; the answer sets the session cookie. */
export const finishSignIn = endpoint({
  id: 'signInStepFinish',
  method: 'POST',
  path: '/api:console/session/step',
  scope: 'public',
  bodyLimitBytes: SMALL_BODY_BYTES,
  body: z.union([CodeBody, z.strictObject({ recoveryCode: RecoveryCode })]),
  reply: Session,
})

/** Sets an authenticator app up during a sign-in that needs it (`second_factor_setup`). */
export const startTotpAtSignIn = endpoint({
  id: 'signInTotpStart',
  method: 'POST',
  path: '/api:console/session/step/totp',
  scope: 'public',
  reply: NewTotp,
})

/** Confirms that app and signs in; the answer sets the session cookie. */
export const confirmTotpAtSignIn = endpoint({
  id: 'signInTotpConfirm',
  method: 'POST',
  path: '/api:console/session/step/totp/confirm',
  scope: 'public',
  bodyLimitBytes: SMALL_BODY_BYTES,
  body: CodeBody,
  reply: z.object({ session: Session, recoveryCodes: RecoveryCodes.nullable() }),
})

/**
 * For somebody who lost phone and codes: takes the app, the passkeys and the recovery codes from their account and ends
 * their sessions. Needs a proof or a fresh sign-in of the owner who does it, and is not for the own account.
 */
export const resetSecondFactor = endpoint({
  id: 'memberSecondFactorReset',
  method: 'DELETE',
  path: '/api:console/members/{id}/second-factor',
  scope: 'session',
  role: 'owner',
  changes: ['members'],
  params: z.object({ id: IdParam }),
  bodyOptional: true,
  body: Proof,
  reply: z.null(),
})
