import type { PasskeyAssertion, PasskeyRegistration } from '#api/contract/passkeys.ts'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError, invalidInput } from '../../errors.ts'
import { type ChallengeHolder, takeChallenge } from './challenges.ts'
import { requireRelyingParty } from './relying-party.ts'
import { findPasskey, noteUse } from './store.ts'

type VerifyDeps = Pick<Deps, 'connection' | 'publicUrl' | 'now' | 'log'>

/** EdDSA, ES256 and RS256, as COSE numbers them: what authenticators have, and nothing experimental. */
export const ALGORITHMS = [-8, -7, -257]

/** Loaded when the first passkey is used: it is large. */
const library = () => import('@simplewebauthn/server')

type Verified = Awaited<ReturnType<Awaited<ReturnType<typeof library>>['verifyRegistrationResponse']>>

/** A new passkey that was checked: challenge, origin, host name, form. Throws 400. */
export async function verifyRegistration(
  response: PasskeyRegistration,
  asked: ChallengeHolder,
  deps: VerifyDeps,
): Promise<{ info: NonNullable<Verified['registrationInfo']>; userHandle: string; rpId: string }> {
  const party = requireRelyingParty(deps.publicUrl())
  const { verifyRegistrationResponse } = await library()
  let userHandle: string | null = null
  const result = await checked(deps, (ours) =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: ours(async (challenge) => {
        const taken = await takeChallenge(deps.connection.db, challenge, asked, deps.now())
        userHandle = taken?.userHandle ?? null
        return taken !== null
      }),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // As the second step after a password a touch is enough; a sign-in without one asks for more.
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (result?.registrationInfo === undefined || userHandle === null) {
    throw invalidInput('response', 'The passkey could not be checked, or it took too long. Try again.')
  }
  return { info: result.registrationInfo, userHandle, rpId: party.id }
}

/** The account that a passkey opens. */
export interface PasskeyOwner {
  id: number
  email: string
  passkeyId: number
}

/**
 * Checks what an authenticator signed: challenge (once), origin, host name, signature and counter. Throws 401, with no
 * word about what was wrong.
 */
export async function verifyAssertion(
  response: PasskeyAssertion,
  asked: ChallengeHolder,
  deps: VerifyDeps,
  { needsVerification }: { needsVerification: boolean },
): Promise<PasskeyOwner> {
  const { db } = deps.connection
  const party = requireRelyingParty(deps.publicUrl())
  const passkey = await findPasskey(db, response.id)
  const handle = response.response.userHandle
  const isOwn =
    passkey !== undefined &&
    passkey.rp_id === party.id &&
    passkey.disabled_at === null &&
    (asked.userId === null || asked.userId === passkey.user_id) &&
    (handle === '' || handle === passkey.user_handle)
  if (!isOwn) {
    await forgetChallenge(db, response, asked, deps.now())
    throw refused()
  }
  const { verifyAuthenticationResponse } = await library()
  const result = await checked(deps, (ours) =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: ours(async (challenge) => (await takeChallenge(db, challenge, asked, deps.now())) !== null),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: passkey.counter,
      },
      requireUserVerification: needsVerification,
    }),
  )
  if (result?.verified !== true) throw refused()
  if (!(await noteUse(db, passkey, result.authenticationInfo.newCounter, deps.now()))) throw refused()
  return { id: passkey.user_id, email: passkey.email, passkeyId: passkey.id }
}

/** Throws 401 where the passkey was taken away meanwhile. In the transaction that holds the account. */
export async function requirePasskeyKept(trx: Db, { passkeyId }: PasskeyOwner): Promise<void> {
  const kept = await trx.selectFrom('passkey').select('id').where('id', '=', passkeyId).executeTakeFirst()
  if (kept === undefined) throw refused()
}

/** A challenge that was answered with a passkey that is not asked for is used up as well. */
async function forgetChallenge(
  db: Db,
  { response }: PasskeyAssertion,
  asked: ChallengeHolder,
  now: Date,
): Promise<void> {
  try {
    const sent = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown
    }
    if (typeof sent.challenge === 'string') await takeChallenge(db, sent.challenge, asked, now)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
}

type Ours = (challenge: string) => Promise<boolean>

/**
 * What the library answers, or undefined where it refused. What fails in our own part of it, such as a database that is
 * away, is no refusal and is thrown. Why it refused is for the server's log only, and without what was sent: the library's
 * messages quote it.
 */
async function checked<Result>(
  { log }: VerifyDeps,
  verify: (ours: (part: Ours) => Ours) => Promise<Result>,
): Promise<Result | undefined> {
  const failures: unknown[] = []
  const ours = (part: Ours): Ours => {
    return async (challenge) =>
      part(challenge).catch((error: unknown) => {
        failures.push(error)
        throw error
      })
  }
  try {
    return await verify(ours)
  } catch (error) {
    if (failures.length > 0) throw failures[0]
    log.debug({ reason: error instanceof Error ? error.name : 'unknown' }, 'a passkey was refused')
    return undefined
  }
}

function refused(): AppError {
  return new AppError(
    'unauthorized',
    'This passkey could not be used to sign in here. Try again or sign in another way.',
    {
      payload: { reason: 'wrong_passkey' },
    },
  )
}
