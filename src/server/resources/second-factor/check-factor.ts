import type { Deps } from '../../deps.ts'
import { codeLimits, countAgainst, recoveryLimits, uncount } from '../session/throttle.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { checkTotp } from './totp.ts'

export type FactorDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl'>

/** What a person typed: a code of the app or a recovery code. */
export type TypedFactor = { code: string } | { recoveryCode: string }

/** True where it is right; then it is used up. Guesses are counted over all processes: throws 429 after too many. */
export async function checkFactor(userId: number, typed: TypedFactor, deps: FactorDeps): Promise<boolean> {
  const { db } = deps.connection
  const limits = 'code' in typed ? codeLimits(userId) : recoveryLimits(userId)
  await countAgainst(db, limits, deps.now())
  const fits = await ('code' in typed
    ? checkTotp(db, userId, typed.code, deps)
    : useRecoveryCode(db, userId, typed.recoveryCode, deps.now()))
  if (fits) await uncount(db, limits)
  return fits
}

/**
 * Counts a guess at the code of an app that is being set up; it counts no more where `confirm` does not throw. Around a
 * transaction and never inside one: a count outlives what is rolled back, and whoever holds a connection while waiting
 * for another one can bring everybody to a halt.
 */
export async function countingGuess<T>(userId: number, deps: FactorDeps, confirm: () => Promise<T>): Promise<T> {
  const { db } = deps.connection
  const limits = codeLimits(userId)
  await countAgainst(db, limits, deps.now())
  const confirmed = await confirm()
  await uncount(db, limits)
  return confirmed
}
