import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { DisplayName } from './names.ts'
import { Scopes } from './scopes.ts'
import { PROOF_FIELD } from './second-factor.ts'
import { Workspaces } from './tokens.ts'

/** Roles that a provider may give. Owners are made here and nowhere else. */
export const OidcRole = z.enum(['admin', 'member'])
export type OidcRole = z.infer<typeof OidcRole>

/** Who has the value in the role claim (a text, or a list that holds it) gets the role. The first rule that fits counts. */
export const OidcRoleRule = z.strictObject({ value: z.string().min(1).max(500), role: OidcRole })
export type OidcRoleRule = z.infer<typeof OidcRoleRule>

const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u, 'Give a domain such as example.com')

const RULES = {
  /** What the button says: "Continue with ...". */
  name: DisplayName.max(60, 'At most 60 characters'),
  /** Address of the provider; `/.well-known/openid-configuration` is read below it. */
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1, 'Give the client id').max(500),
  /** Only people with a verified e-mail address of one of these domains get in. */
  allowedDomains: list(Domain).min(1, 'Name at least one e-mail domain').max(100),
  /** Claim that tells the role: a name, or a path such as `realm_access.roles`. Null = roles are given here. */
  roleClaim: z.string().trim().min(1).max(200).nullable(),
  roleRules: list(OidcRoleRule).max(100),
  /** Role of who fits no rule; null = they are refused. */
  fallbackRole: OidcRole.nullable(),
  /** Whether people without an account get one. */
  createsAccounts: z.boolean(),
  /** What a member whose account was made so may do until somebody grants more. */
  memberScopes: Scopes,
  memberWorkspaces: Workspaces,
  /** True where the provider asks for a second step itself: Metadeck's own is not asked for then. */
  countsAsSecondFactor: z.boolean(),
  active: z.boolean(),
}

/** A provider. The client secret is never answered. */
export const OidcProvider = z.object({
  id: z.number().int(),
  ...RULES,
  hasSecret: z.boolean(),
  /** What to register at the provider. */
  redirectUri: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type OidcProvider = z.infer<typeof OidcProvider>

export const SaveOidcProvider = z.strictObject({
  ...RULES,
  /**
   * Absent in a change = stays, which is refused where the issuer or the client id changes. Empty = a public client.
   */
  clientSecret: z.string().max(2_000).optional(),
  roleClaim: RULES.roleClaim.default(null),
  roleRules: RULES.roleRules.default([]),
  fallbackRole: RULES.fallbackRole.default('member'),
  createsAccounts: RULES.createsAccounts.default(false),
  memberScopes: RULES.memberScopes.default({}),
  memberWorkspaces: RULES.memberWorkspaces.default('all'),
  countsAsSecondFactor: RULES.countsAsSecondFactor.default(false),
  active: RULES.active.default(true),
  ...PROOF_FIELD,
})
export type SaveOidcProvider = z.input<typeof SaveOidcProvider>

/**
 * Why a sign-in by a provider did not work: `error` in the query of the sign-in page. `no_access` tells nothing about
 * which accounts there are.
 */
export const OidcFailure = z.enum([
  'provider_unknown',
  'provider_unavailable',
  'provider_refused',
  'sign_in_expired',
  'email_not_verified',
  'no_access',
  'too_many_attempts',
  'sign_in_failed',
])
export type OidcFailure = z.infer<typeof OidcFailure>

const ProviderParams = z.object({ id: IdParam })
const PROVIDERS = '/api:console/oidc-providers'

export const listOidcProviders = endpoint({
  id: 'oidcProviderList',
  method: 'GET',
  path: PROVIDERS,
  scope: 'session',
  role: 'owner',
  reply: z.object({ items: z.array(OidcProvider) }),
})

/** Needs a proof or a fresh sign-in, as a change does. */
export const createOidcProvider = endpoint({
  id: 'oidcProviderCreate',
  method: 'POST',
  path: PROVIDERS,
  scope: 'session',
  role: 'owner',
  body: SaveOidcProvider,
  reply: OidcProvider,
  status: 201,
})

export const updateOidcProvider = endpoint({
  id: 'oidcProviderUpdate',
  method: 'PUT',
  path: `${PROVIDERS}/{id}`,
  scope: 'session',
  role: 'owner',
  params: ProviderParams,
  body: SaveOidcProvider,
  reply: OidcProvider,
})

/** Nobody's account goes; who signed in so needs another way. 409 where no owner would have one. */
export const deleteOidcProvider = endpoint({
  id: 'oidcProviderDelete',
  method: 'DELETE',
  path: `${PROVIDERS}/{id}`,
  scope: 'session',
  role: 'owner',
  params: ProviderParams,
  reply: z.null(),
})

/** Reads the provider's own description now; a refusal is an answer, not an error. */
export const testOidcProvider = endpoint({
  id: 'oidcProviderTest',
  method: 'POST',
  path: `${PROVIDERS}/{id}/test`,
  scope: 'session',
  role: 'owner',
  params: ProviderParams,
  reply: z.object({ ok: z.boolean(), message: z.string() }),
})

/** Sends the browser to the provider. `next` is a path of the console; anything else leads to its start page. */
export const startOidc = endpoint({
  id: 'oidcStart',
  method: 'GET',
  path: '/api:console/oidc/{id}/start',
  scope: 'public',
  params: ProviderParams,
  query: z.looseObject({ next: z.string().max(4_000).default('/').catch('/') }),
  reply: z.unknown(),
  replyKind: 'stream',
  status: 302,
})

/**
 * Where the provider sends the browser back to: answers with the session cookie and a redirect into the console, to
 * the sign-in page for the second step (`/sign-in?step=1&next=...`), or there with an `error` (`OidcFailure`).
 */
export const finishOidc = endpoint({
  id: 'oidcFinish',
  method: 'GET',
  path: '/api:console/oidc/{id}/callback',
  scope: 'public',
  audited: true,
  params: ProviderParams,
  query: z.looseObject({}),
  reply: z.unknown(),
  replyKind: 'stream',
  status: 302,
})
