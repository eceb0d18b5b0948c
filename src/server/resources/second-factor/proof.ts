import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'

import type { Proof } from '#api/contract/second-factor.ts'

import type { Caller } from '../../caller.ts'
import { checkPassword, sha256 } from '../../credentials.ts'
import { AppError } from '../../errors.ts'
import { SESSION_COOKIE } from '../session/store.ts'
import { countAttempt, forgetAttempt } from '../session/throttle.ts'
import { checkFactor, type FactorDeps } from './check-factor.ts'
import { readFactors } from './factors.ts'

/** After a sign-in the ways to sign in can be changed for so long without another proof. */
const FRESH_MS = 10 * 60_000

/**
 * Ways to sign in outlive the session that changes them: whoever sits at an open console, or stole its cookie, must not
 * be able to add one. Throws 403 unless the body proves who it is, or the session is fresh and that is enough: with
 * `freshIsEnough`, or where the account has nothing to prove itself by.
 */
export async function requireProof(
  userId: number,
  proof: Proof,
  request: FastifyRequest,
  deps: FactorDeps,
  { freshIsEnough }: { freshIsEnough: boolean },
): Promise<void> {
  const fits = await isProven(userId, proof, request, deps)
  if (fits === true) return
  if (fits === false) {
    throw new AppError('access_denied', 'This password or code is not right. Try again.', {
      payload: { reason: 'wrong_proof' },
    })
  }
  const isFreshEnough = freshIsEnough || !(await hasProof(userId, deps))
  if (isFreshEnough && (await isFresh(request, deps))) return
  throw new AppError(
    'access_denied',
    `Show that it is you: give your password, a code of your authenticator app or a recovery code${isFreshEnough ? ', or sign in again' : ''}.`,
    { payload: { reason: 'proof_required' } },
  )
}

/**
 * The same for what gives somebody power over everything here: roles above member, providers, a looser sign-in. Whoever
 * rides on an open session must not be able to make a way in that outlives it. A fresh session is enough.
 */
export function requireStrongProof(
  caller: Caller,
  proof: Proof | undefined,
  request: FastifyRequest,
  deps: FactorDeps,
): Promise<void> {
  return requireProof(caller.id, proof ?? {}, request, deps, { freshIsEnough: true })
}

/** True where the account has anything that a body could prove it by. */
async function hasProof(userId: number, { connection: { db } }: FactorDeps): Promise<boolean> {
  const { totpSince, recoveryCodes } = await readFactors(db, userId)
  if (totpSince !== null || recoveryCodes > 0) return true
  const user = await db.selectFrom('user').select('password_hash').where('id', '=', userId).executeTakeFirst()
  return user !== undefined && user.password_hash !== null
}

/** Null where the body proves nothing, right or wrong. */
async function isProven(
  userId: number,
  { password, code, recoveryCode }: Proof,
  request: FastifyRequest,
  deps: FactorDeps,
): Promise<boolean | null> {
  if (password !== undefined) return isPassword(userId, password, request, deps)
  if (code !== undefined) return checkFactor(userId, { code }, deps)
  if (recoveryCode !== undefined) return checkFactor(userId, { recoveryCode }, deps)
  return null
}

async function isPassword(
  userId: number,
  password: string,
  request: FastifyRequest,
  { connection: { db }, now }: FactorDeps,
): Promise<boolean> {
  const user = await db
    .selectFrom('user')
    .select(['email', 'password_hash'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  await countAttempt(db, user.email, request.ip, now())
  const fits = await checkPassword(user.password_hash, password)
  if (fits) await forgetAttempt(db, user.email, request.ip)
  return fits
}

async function isFresh(request: FastifyRequest, { connection: { db }, now }: FactorDeps): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .select('created_at')
    .where('hash', '=', sha256(request.cookies[SESSION_COOKIE] ?? ''))
    .executeTakeFirst()
  return row !== undefined && now().getTime() - row.created_at.getTime() < FRESH_MS
}
