import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'

import { SignInPolicy } from '#api/contract/sign-in-methods.ts'

import type { Db } from '../../db/connection.ts'

/** Key of `metadeck.setting` under which the owner's choice lies. */
const POLICY_KEY = 'sign_in'
/** Any number: the lock that sign-ins share and a change of the policy has for itself. */
const POLICY_LOCK = 7_204_913

/** What the owner demands of a sign-in; nothing beyond the password by default. */
export async function readSignInPolicy(db: Db): Promise<SignInPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', POLICY_KEY).executeTakeFirst()
  return SignInPolicy.safeParse(row?.value).data ?? { requiresSecondStep: false }
}

/** The same, and it stays so until the transaction ends: no session is made under a policy that was changed meanwhile. */
export async function holdSignInPolicy(trx: Db): Promise<SignInPolicy> {
  await sql`select pg_advisory_xact_lock_shared(${POLICY_LOCK})`.execute(trx)
  return readSignInPolicy(trx)
}

/**
 * Keeps the policy, in a transaction; waits for the sign-ins that run. Answers what held until then: where that is the
 * same, nothing is written.
 */
export async function writeSignInPolicy(trx: Db, policy: SignInPolicy): Promise<SignInPolicy> {
  await sql`select pg_advisory_xact_lock(${POLICY_LOCK})`.execute(trx)
  const before = await readSignInPolicy(trx)
  if (isDeepStrictEqual(before, policy)) return before
  const value = JSON.stringify(policy)
  await trx
    .insertInto('setting')
    .values({ key: POLICY_KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
  return before
}
