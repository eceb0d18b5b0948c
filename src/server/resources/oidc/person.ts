import type { OidcRole } from '#api/contract/oidc.ts'

import type { Db } from '../../db/connection.ts'
import { type Claims, displayName, isAllowedDomain, roleBy, verifiedEmail } from './claims.ts'
import { OidcRefusal } from './refusal.ts'
import type { ProviderRow } from './store.ts'

/** Who a provider says it is, after every check of the token. */
export interface ProvenPerson {
  issuer: string
  subject: string
  claims: Claims
}

type Account = { id: number; email: string; role: 'owner' | 'admin' | 'member'; disabled_at: Date | null }

const ACCOUNT = ['user.id', 'user.email', 'user.role', 'user.disabled_at'] as const

/**
 * The account of a person: the one that issuer and subject were linked with; else the one with the verified e-mail
 * address, which is linked from then on; else a new one where the provider makes some. Throws `OidcRefusal`.
 */
export async function findPerson(
  trx: Db,
  provider: ProviderRow,
  person: ProvenPerson,
  now: Date,
): Promise<{ id: number; email: string }> {
  const email = verifiedEmail(person.claims)
  if (email === null) throw new OidcRefusal('email_not_verified')
  if (!isAllowedDomain(email, provider.allowed_domains)) throw new OidcRefusal('no_access', 'domain')
  const linked = await linkedAccount(trx, person, now)
  const account = linked ?? (await accountByEmail(trx, email)) ?? (await newAccount(trx, provider, person, email, now))
  if (account.disabled_at !== null) throw new OidcRefusal('no_access', 'disabled')
  await applyRole(trx, provider, person.claims, account)
  if (linked === undefined) await link(trx, person, account.id, now)
  return account
}

async function linkedAccount(trx: Db, { issuer, subject }: ProvenPerson, now: Date): Promise<Account | undefined> {
  const identity = await trx
    .updateTable('oidc_identity')
    .set({ last_used_at: now })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('user_id')
    .executeTakeFirst()
  if (identity === undefined) return undefined
  return trx.selectFrom('user').select(ACCOUNT).where('id', '=', identity.user_id).executeTakeFirst()
}

function accountByEmail(trx: Db, email: string): Promise<Account | undefined> {
  return trx.selectFrom('user').select(ACCOUNT).where('email', '=', email).forUpdate().executeTakeFirst()
}

async function newAccount(
  trx: Db,
  provider: ProviderRow,
  { claims }: ProvenPerson,
  email: string,
  now: Date,
): Promise<Account> {
  if (!provider.creates_accounts) throw new OidcRefusal('no_access', 'unknown')
  const role = roleOf(provider, claims)
  if (role === null) throw new OidcRefusal('no_access', 'role')
  const made = await trx
    .insertInto('user')
    .values({
      email,
      name: displayName(claims, email),
      password_hash: null,
      created_at: now,
      ...rightsOf(provider, role),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning(ACCOUNT)
    .executeTakeFirst()
  const account = made ?? (await accountByEmail(trx, email))
  if (account === undefined) throw new OidcRefusal('sign_in_failed')
  return account
}

/**
 * Whoever has an account linked with this issuer under another subject is somebody else: addresses are given to new
 * people.
 */
async function link(trx: Db, { issuer, subject }: ProvenPerson, userId: number, now: Date): Promise<void> {
  const linked = await trx
    .insertInto('oidc_identity')
    .values({ issuer, subject, user_id: userId, created_at: now, last_used_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (linked.numInsertedOrUpdatedRows === 0n) throw new OidcRefusal('no_access', 'linked')
}

/** Where a claim tells the role it counts at every sign-in, except for owners, whom no provider makes or unmakes. */
async function applyRole(trx: Db, provider: ProviderRow, claims: Claims, account: Account): Promise<void> {
  if (provider.role_claim === null || account.role === 'owner') return
  const role = roleOf(provider, claims)
  if (role === null) throw new OidcRefusal('no_access', 'role')
  if (role === account.role) return
  await trx.updateTable('user').set(rightsOf(provider, role)).where('id', '=', account.id).execute()
}

function roleOf({ role_claim, role_rules, new_role }: ProviderRow, claims: Claims): OidcRole | null {
  return (role_claim === null ? null : roleBy(claims, role_claim, role_rules)) ?? new_role
}

/** Admins hold everything; a member holds what the provider gives to begin with. */
function rightsOf(
  { new_scopes, new_workspaces }: ProviderRow,
  role: OidcRole,
): { role: OidcRole; scopes: string | null; workspaces: number[] | null } {
  if (role === 'admin') return { role, scopes: null, workspaces: null }
  return { role, scopes: JSON.stringify(new_scopes), workspaces: new_workspaces }
}
