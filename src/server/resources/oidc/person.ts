import type { OidcRole } from '#api/contract/oidc.ts'

import type { Role } from '../../db/account-tables.ts'
import type { Db } from '../../db/connection.ts'
import { holdMembers } from '../members/change-members.ts'
import type { GrantColumns } from '../members/grant.ts'
import { insertMember } from '../members/store.ts'
import { disableKnownTo } from '../tokens/known-secrets.ts'
import { lowestRole } from '../tokens/rights.ts'
import { type Claims, displayName, isAllowedDomain, roleBy, verifiedEmail } from './claims.ts'
import { OidcRefusal } from './refusal.ts'
import { type ProviderRow, requireUnchanged } from './store.ts'

/** Who a provider says it is, after every check of the token. */
export interface ProvenPerson {
  issuer: string
  subject: string
  claims: Claims
}

type Account = { id: number; email: string; role: Role; disabled_at: Date | null }

const ACCOUNT = ['user.id', 'user.email', 'user.role', 'user.disabled_at'] as const

/** What a sign-in made of an account: for the audit log. */
export interface FoundPerson {
  id: number
  email: string
  created: boolean
  /** True where the account was not known to be this person's before. */
  linked: boolean
  /** Null where there was no account. */
  roleBefore: Role | null
  roleAfter: Role
  /** Ids of tokens of others that are out of use from now on, as the person was shown their secret and lost rights. */
  disabledTokens: number[]
}

/**
 * The account of a person: the one that issuer and subject were linked with; else the one with the verified e-mail
 * address, which is linked from then on; else a new one where the provider makes some. Throws `OidcRefusal`.
 */
export async function findPerson(
  trx: Db,
  provider: ProviderRow,
  person: ProvenPerson,
  now: Date,
): Promise<FoundPerson> {
  const email = verifiedEmail(person.claims)
  if (email === null) throw new OidcRefusal('email_not_verified')
  if (!isAllowedDomain(email, provider.allowed_domains)) throw new OidcRefusal('no_access', 'domain')
  // Roles are read and changed here, as whoever manages members does it.
  await holdMembers(trx)
  await requireUnchanged(trx, provider)
  const linked = await linkedAccount(trx, person, now)
  const before = linked ?? (await accountByEmail(trx, email))
  const account = before ?? (await newAccount(trx, provider, person, email, now))
  if (account.disabled_at !== null) throw new OidcRefusal('no_access', 'disabled')
  const { role: roleAfter, disabledTokens } = await applyRole(trx, provider, person.claims, account, now)
  if (linked === undefined) await link(trx, person, account.id, now)
  return {
    id: account.id,
    email: account.email,
    created: before === undefined,
    linked: linked === undefined,
    roleBefore: before?.role ?? null,
    roleAfter,
    disabledTokens,
  }
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
  return trx.selectFrom('user').select(ACCOUNT).where('email', '=', email).executeTakeFirst()
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
  const fields = { email, name: displayName(claims, email), password_hash: null, invited_by: null }
  const id = await insertMember(trx, { ...fields, ...rightsOf(provider, role) }, now)
  return { id, email, role, disabled_at: null }
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

/**
 * Where a claim tells the role it counts at every sign-in, except for owners, whom no provider makes or unmakes. Answers
 * the role that the account has then.
 */
async function applyRole(
  trx: Db,
  provider: ProviderRow,
  claims: Claims,
  account: Account,
  now: Date,
): Promise<{ role: Role; disabledTokens: number[] }> {
  const kept = { role: account.role, disabledTokens: [] }
  if (provider.role_claim === null || account.role === 'owner') return kept
  const role = roleOf(provider, claims)
  if (role === null) throw new OidcRefusal('no_access', 'role')
  if (role === account.role) return kept
  const known = lowestRole(account.role, role) === role ? await disableKnownTo(trx, account.id, now) : []
  await trx
    .updateTable('user')
    .set(rightsOf(provider, role))
    .where('id', '=', account.id)
    .where('role', '<>', 'owner')
    .execute()
  return { role, disabledTokens: known.map(({ id }) => id) }
}

function roleOf({ role_claim, role_rules, new_role }: ProviderRow, claims: Claims): OidcRole | null {
  return (role_claim === null ? null : roleBy(claims, role_claim, role_rules)) ?? new_role
}

/** Admins hold everything; a member holds what the provider gives to begin with. */
function rightsOf({ new_scopes, new_workspaces }: ProviderRow, role: OidcRole): GrantColumns {
  if (role === 'admin') return { role, scopes: null, workspaces: null }
  return { role, scopes: JSON.stringify(new_scopes), workspaces: new_workspaces }
}
