import { type Kysely, sql } from 'kysely'

import { type Caller, requireRole } from '../../caller.ts'
import type { Role } from '../../db/account-tables.ts'
import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'

/** Any number: the lock under which accounts are made, changed and removed. */
const MEMBERS_LOCK = 7_204_912

/**
 * Changes accounts in one transaction, one change at a time over all processes. Throws 409, and changes nothing, when
 * no owner would be left who can sign in. Whatever changes a role, disables or removes an account, or takes a way to
 * sign in from one, goes through here.
 */
export function keepingAnOwner<T>(db: Kysely<Database>, change: (trx: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await holdMembers(trx)
    const result = await change(trx)
    if (await canAnOwnerSignIn(trx)) return result
    throw new AppError(
      'conflict',
      'After this no owner could sign in, and nobody could manage this Metadeck. Make somebody else an owner first, or give an owner another way to sign in.',
      { payload: { reason: 'last_owner' } },
    )
  })
}

/** Until the transaction ends, nobody else makes, changes or removes accounts. Before any row of an account is held. */
export async function holdMembers(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MEMBERS_LOCK})`.execute(trx)
}

/** By a password, a passkey, or a provider that is active and knows the person. */
async function canAnOwnerSignIn(trx: Db): Promise<boolean> {
  const owner = await trx
    .selectFrom('user')
    .select('user.id')
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
    .where((where) =>
      where.or([
        where('password_hash', 'is not', null),
        where.exists(where.selectFrom('passkey').select('passkey.id').whereRef('passkey.user_id', '=', 'user.id')),
        where.exists(
          where
            .selectFrom('oidc_identity')
            .innerJoin('oidc_provider', 'oidc_provider.issuer', 'oidc_identity.issuer')
            .select('oidc_provider.id')
            .whereRef('oidc_identity.user_id', '=', 'user.id')
            .where('oidc_provider.is_active', '=', true),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return owner !== undefined
}

/** Who changes accounts, with the role they have at that moment. */
export interface Manager {
  id: number
  role: Role
}

/**
 * The same on behalf of whoever calls. Their role is read again under the lock: of two managers who demote each other
 * at once, one succeeds.
 */
export function asManager<T>(
  db: Kysely<Database>,
  caller: Caller,
  change: (trx: Db, manager: Manager) => Promise<T>,
): Promise<T> {
  return keepingAnOwner(db, async (trx) => {
    const manager = await trx
      .selectFrom('user')
      .select(['id', 'role'])
      .where('id', '=', caller.id)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
    const { user } = caller
    requireRole({ ...caller, user: user && manager ? { ...user, role: manager.role } : null }, 'admin')
    return change(trx, { id: caller.id, role: manager?.role ?? 'member' })
  })
}

/** Throws 403 where the role is an owner's and the manager is none: owners are made and changed by owners. */
export function requireMayManage(manager: Pick<Manager, 'role'>, role: Role): void {
  if (role !== 'owner' || manager.role === 'owner') return
  throw new AppError('access_denied', 'Access Denied. Only an owner makes, changes or removes owners. Ask one.', {
    payload: { reason: 'role', role: 'owner' },
  })
}
