import type { SignInPolicy } from '#api/contract/sign-in-methods.ts'
import type { SecondFactor } from '#api/contract/sign-in-step.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { holdSignInPolicy, readSignInPolicy } from '../session/sign-in-policy.ts'

/** What an account has for the second step of a sign-in. */
export interface Factors {
  totpSince: Date | null
  passkeys: number
  recoveryCodes: number
}

/** Reads them; an app that nobody confirmed and codes that were used do not count. */
export async function readFactors(db: Db, userId: number): Promise<Factors> {
  const row = await db
    .selectFrom('user')
    .leftJoin('totp', (join) => join.onRef('totp.user_id', '=', 'user.id').on('confirmed_at', 'is not', null))
    .select((select) => [
      'totp.confirmed_at',
      select
        .selectFrom('passkey')
        .whereRef('passkey.user_id', '=', 'user.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('passkeys'),
      select
        .selectFrom('recovery_code')
        .whereRef('recovery_code.user_id', '=', 'user.id')
        .where('used_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('codes'),
    ])
    .where('user.id', '=', userId)
    .executeTakeFirst()
  return {
    totpSince: row?.confirmed_at ?? null,
    passkeys: row?.passkeys ?? 0,
    recoveryCodes: row?.codes ?? 0,
  }
}

/** True where the password alone does not open the account. Recovery codes stand in for a way; they are none. */
export function hasSecondFactor({ totpSince, passkeys }: Factors): boolean {
  return totpSince !== null || passkeys > 0
}

/** What can be asked for at the second step. */
export function methodsOf(factors: Factors): SecondFactor[] {
  if (!hasSecondFactor(factors)) return []
  return [
    ...(factors.totpSince === null ? [] : (['totp'] as const)),
    ...(factors.passkeys === 0 ? [] : (['passkey'] as const)),
    ...(factors.recoveryCodes === 0 ? [] : (['recovery_code'] as const)),
  ]
}

/**
 * After a way was taken away, in the transaction that holds the account: throws 409 where a second step is demanded and
 * none is left. Recovery codes of an account without a second step go, as they are good for nothing.
 */
export async function settleRemoval(trx: Db, userId: number): Promise<void> {
  const { requiresSecondStep } = await readSignInPolicy(trx)
  if (hasSecondFactor(await readFactors(trx, userId))) return
  if (requiresSecondStep) {
    throw new AppError(
      'conflict',
      'This Metadeck demands a second step of everybody, and this is your only one. Set up another one first.',
      { payload: { reason: 'last_second_factor' } },
    )
  }
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}

/**
 * Holds the account until the transaction ends, so that of two changes of its ways to sign in the second sees the
 * first. The policy is held first, as sign-ins do it.
 */
export async function holdAccount(trx: Db, userId: number): Promise<HeldAccount> {
  const policy = await holdSignInPolicy(trx)
  const user = await trx
    .selectFrom('user')
    .select(['password_hash', 'disabled_at'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  return { policy, user }
}

/** What holds while an account is held; without a user it was removed. */
export interface HeldAccount {
  policy: SignInPolicy
  user: { password_hash: string | null; disabled_at: Date | null } | undefined
}
