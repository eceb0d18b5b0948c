import { randomBytes } from 'node:crypto'

import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import * as contract from '#api/contract/passkeys.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { keepingAnOwner } from '../members/change-members.ts'
import { endPasswordOnly } from '../second-factor/end-password-only.ts'
import { holdAccount, hasSecondFactor, readFactors, settleRemoval } from '../second-factor/factors.ts'
import { requireProof } from '../second-factor/proof.ts'
import { firstRecoveryCodes } from '../second-factor/recovery-codes.ts'
import { SESSION_COOKIE } from '../session/store.ts'
import { type ChallengeHolder, insertChallenge } from './challenges.ts'
import { relyingPartyOf, requireRelyingParty } from './relying-party.ts'
import * as store from './store.ts'
import { ALGORITHMS, verifyRegistration } from './verify.ts'

type PasskeyDeps = Pick<Deps, 'connection' | 'publicUrl' | 'now' | 'log' | 'vault'>

/** The passkeys of the own account. */
export function registerPasskeys(app: FastifyInstance, deps: PasskeyDeps): void {
  const { db } = deps.connection

  serve(app, contract.listPasskeys, async ({ caller }) => {
    const rows = await store.passkeysOf(db, caller.id)
    return { items: rows.map((row) => store.toPasskey(row, rpId(deps))) }
  })

  serve(app, contract.startPasskey, async ({ body, caller, request, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    const party = requireRelyingParty(deps.publicUrl())
    await requireProof(caller.id, body, request, deps, { freshIsEnough: true })
    const own = await store.passkeysOf(db, caller.id)
    // One handle for all passkeys of a person, or an authenticator would show the account several times.
    const userHandle = own[0]?.user_handle ?? randomBytes(32).toString('base64url')
    const challenge = await insertChallenge(db, holderOf(caller.id, request), deps.now(), userHandle)
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const options = await generateRegistrationOptions({
      rpName: 'Metadeck',
      rpID: party.id,
      userName: caller.label,
      userDisplayName: caller.user?.name ?? caller.label,
      userID: new Uint8Array(Buffer.from(userHandle, 'base64url')),
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      excludeCredentials: own.map((row) => ({ id: row.credential_id, transports: row.transports })),
      supportedAlgorithmIDs: ALGORITHMS,
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    })
    return { options: { ...options } }
  })

  serve(app, contract.createPasskey, async ({ body, caller, request, trail }) => {
    trail.target = { kind: 'passkey', name: body.name }
    const {
      info,
      userHandle,
      rpId: madeFor,
    } = await verifyRegistration(body.response, holderOf(caller.id, request), deps)
    const { credential, credentialBackedUp } = info
    const kept = await db.transaction().execute(async (trx) => {
      await holdAccount(trx, caller.id)
      const isFirst = !hasSecondFactor(await readFactors(trx, caller.id))
      const row = await store.insertPasskey(trx, {
        user_id: caller.id,
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: body.response.response.transports,
        user_handle: userHandle,
        rp_id: madeFor,
        name: body.name,
        is_synced: credentialBackedUp,
        created_at: deps.now(),
      })
      const recoveryCodes = await firstRecoveryCodes(trx, caller.id, deps.now())
      const endedSessions = isFirst ? await endPasswordOnly(trx, caller) : 0
      return { row, recoveryCodes, endedSessions }
    })
    trail.target = { kind: 'passkey', id: kept.row.id, name: kept.row.name }
    trail.detail = { endedSessions: kept.endedSessions }
    return { passkey: store.toPasskey(kept.row, madeFor), recoveryCodes: kept.recoveryCodes }
  })

  serve(app, contract.renamePasskey, async ({ params, body, caller, trail }) => {
    const row = await store.renamePasskey(db, caller.id, params.id, body.name)
    trail.target = { kind: 'passkey', id: row.id, name: row.name }
    return store.toPasskey(row, rpId(deps))
  })

  serve(app, contract.removePasskey, async ({ params, body, caller, request, trail }) => {
    trail.target = { kind: 'passkey', id: params.id }
    await requireProof(caller.id, body, request, deps, { freshIsEnough: false })
    const row = await keepingAnOwner(db, async (trx) => {
      await holdAccount(trx, caller.id)
      const gone = await store.deletePasskey(trx, caller.id, params.id)
      await settleRemoval(trx, caller.id)
      return gone
    })
    trail.target = { kind: 'passkey', id: row.id, name: row.name }
    return null
  })
}

/** A registration belongs to the session that asked for it. */
function holderOf(userId: number, request: FastifyRequest): ChallengeHolder {
  return { purpose: 'register', userId, holder: request.cookies[SESSION_COOKIE] ?? '' }
}

function rpId({ publicUrl }: PasskeyDeps): string | null {
  const party = relyingPartyOf(publicUrl())
  return typeof party === 'object' ? party.id : null
}
