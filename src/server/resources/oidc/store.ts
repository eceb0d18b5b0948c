import type { Selectable } from 'kysely'
import type { z } from 'zod'

import type { OidcProvider, SaveOidcProvider } from '#api/contract/oidc.ts'

import type { Db } from '../../db/connection.ts'
import type { OidcProviderTable } from '../../db/tables.ts'
import { invalidInput, notFound } from '../../errors.ts'
import { OidcRefusal } from './refusal.ts'

export type ProviderRow = Selectable<OidcProviderTable>

type ProviderFields = Omit<z.output<typeof SaveOidcProvider>, 'clientSecret' | 'proof'> & {
  /** Undefined = stays. */
  sealedSecret: string | null | undefined
}

const UNIQUE_VIOLATION = '23505'

/** All providers by name. */
export async function listProviders(db: Db): Promise<ProviderRow[]> {
  return db.selectFrom('oidc_provider').selectAll().orderBy('name').execute()
}

/** One provider; throws 404. */
export async function getProvider(db: Db, id: number): Promise<ProviderRow> {
  const row = await db.selectFrom('oidc_provider').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`The provider ${id}`)
  return row
}

/**
 * Throws `OidcRefusal` unless the provider is what it was when the sign-in came back from it: an owner may have turned it
 * off, changed who gets in, or deleted it while it was asked. Under the lock of members, which each change of one takes.
 */
export async function requireUnchanged(trx: Db, { id, updated_at }: ProviderRow): Promise<void> {
  const now = await trx
    .selectFrom('oidc_provider')
    .select(['is_active', 'updated_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  const isSame = now?.is_active === true && now.updated_at.getTime() === updated_at.getTime()
  if (!isSame) throw new OidcRefusal('provider_unknown', 'provider_changed')
}

/** Adds a provider; throws 400 where the name is taken. */
export async function insertProvider(db: Db, fields: ProviderFields, now: Date): Promise<ProviderRow> {
  return db
    .insertInto('oidc_provider')
    .values({
      ...columnsOf(fields),
      sealed_secret: fields.sealedSecret ?? null,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

/** Writes what a provider is now; throws 400 where the name is taken. */
export async function updateProvider(db: Db, id: number, fields: ProviderFields, now: Date): Promise<ProviderRow> {
  return db
    .updateTable('oidc_provider')
    .set({
      ...columnsOf(fields),
      ...(fields.sealedSecret === undefined ? {} : { sealed_secret: fields.sealedSecret }),
      updated_at: now,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

function columnsOf(fields: ProviderFields) {
  return {
    name: fields.name,
    issuer: fields.issuer,
    client_id: fields.clientId,
    allowed_domains: JSON.stringify([...new Set(fields.allowedDomains)]),
    role_claim: fields.roleClaim,
    role_rules: JSON.stringify(fields.roleRules),
    creates_accounts: fields.createsAccounts,
    new_role: fields.fallbackRole,
    new_scopes: JSON.stringify(fields.memberScopes),
    new_workspaces: fields.memberWorkspaces === 'all' ? null : fields.memberWorkspaces,
    counts_as_second_factor: fields.countsAsSecondFactor,
    is_active: fields.active,
  }
}

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error
    throw invalidInput('name', `A provider named "${name}" exists already. Choose another name.`)
  }
}

/** Where the provider sends browsers back to. */
export function redirectUri(publicUrl: string, id: number): string {
  return `${publicUrl}/api:console/oidc/${id}/callback`
}

export function toProvider(row: ProviderRow, publicUrl: string): OidcProvider {
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    allowedDomains: row.allowed_domains,
    roleClaim: row.role_claim,
    roleRules: row.role_rules,
    fallbackRole: row.new_role,
    createsAccounts: row.creates_accounts,
    memberScopes: row.new_scopes,
    memberWorkspaces: row.new_workspaces ?? 'all',
    countsAsSecondFactor: row.counts_as_second_factor,
    active: row.is_active,
    hasSecret: row.sealed_secret !== null,
    redirectUri: redirectUri(publicUrl, row.id),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
