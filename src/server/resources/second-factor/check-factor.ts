import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { codeLimits, countAgainst, recoveryLimits, uncount } from '../session/throttle.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { checkTotp, confirmTotp } from './totp.ts'

export type FactorDeps = Pick<Deps, 'connection' | 'vault' | 'now' | 'publicUrl'>

/** What a person typed: a code of the app or a recovery code. */
export type TypedFactor = { code: string } | { recoveryCode: string }

/** True where it is right; then it is used up. Guesses are counted over all processes: throws 429 after too many. */
export async function checkFactor(userId: number, typed: TypedFactor, deps: FactorDeps): Promise<boolean> {
  const { db } = deps.connection
  const limits = 'code' in typed ? codeLimits(userId) : recoveryLimits(userId)
  return counted(limits, deps, () =>
    'code' in typed
      ? checkTotp(db, userId, typed.code, deps)
      : useRecoveryCode(db, userId, typed.recoveryCode, deps.now()),
  )
}

/** `confirmTotp` with guesses counted the same way; `db` may be a transaction. */
export async function confirmFactor(db: Db, userId: number, code: string, deps: FactorDeps): Promise<boolean> {
  return counted(codeLimits(userId), deps, () => confirmTotp(db, userId, code, deps))
}

async function counted(
  limits: ReturnType<typeof codeLimits>,
  { connection: { db }, now }: FactorDeps,
  check: () => Promise<boolean>,
): Promise<boolean> {
  await countAgainst(db, limits, now())
  const fits = await check()
  if (fits) await uncount(db, limits)
  return fits
}
