import { z } from 'zod'

import { type OidcProvider, OidcRole, OidcRoleRule, SaveOidcProvider } from '#api/contract/oidc.ts'

import { fieldsOf, GRANT_FIELDS, GRANT_START, reachOf } from '../grant-form.ts'

const { shape } = SaveOidcProvider

/** What the dialog holds. Domains are one text, as people paste them. */
export const ProviderForm = z
  .object({
    ...GRANT_FIELDS,
    name: shape.name,
    issuer: z.url({ protocol: /^https?$/, error: 'Give an address such as https://login.example.com' }).max(500),
    clientId: shape.clientId,
    /** Empty in a change = the kept one stays. */
    clientSecret: z.string().max(2_000),
    isPublic: z.boolean(),
    domains: z.string(),
    /** Empty = roles are given here. */
    roleClaim: z.string().trim().max(200),
    /** Checked only where a claim is given: without one they are neither shown nor sent. */
    roleRules: z.array(OidcRoleRule.extend({ value: z.string() })),
    fallbackRole: OidcRole.or(z.literal('refuse')),
    createsAccounts: z.boolean(),
    countsAsSecondFactor: z.boolean(),
    active: z.boolean(),
    /** The kept provider that the secret of was made for; null for a new one. */
    kept: z.object({ issuer: z.string(), clientId: z.string(), hasSecret: z.boolean() }).nullable(),
  })
  .superRefine((form, context) => {
    const problem = (field: keyof typeof form, message: string, ...below: (string | number)[]): void => {
      context.addIssue({ code: 'custom', path: [field, ...below], message })
    }
    const domains = z.array(shape.allowedDomains.element).min(1, 'Name at least one e-mail domain')
    const wrong = domains.safeParse(domainsOf(form.domains)).error?.issues[0]
    if (wrong) problem('domains', wrong.message)
    if (needsSecret(form) && form.clientSecret === '')
      problem('clientSecret', form.kept === null ? 'Give the client secret' : 'Give the client secret again')
    if (form.roleClaim !== '')
      for (const { index, message } of wrongRules(form.roleRules)) problem('roleRules', message, index, 'value')
    if (form.createsAccounts && form.reach === 'chosen' && form.workspaces.length === 0)
      problem('workspaces', 'Choose a workspace')
  })
export type ProviderForm = z.infer<typeof ProviderForm>

/** Rules that the server would refuse, by their place. */
function wrongRules(rules: readonly unknown[]): { index: number; message: string }[] {
  return rules.flatMap((rule, index) => {
    const message = OidcRoleRule.safeParse(rule).error?.issues[0]?.message
    return message === undefined ? [] : [{ index, message }]
  })
}

/** A secret must never go to another provider than the one it was given for. */
function needsSecret({ isPublic, kept, issuer, clientId }: ProviderForm): boolean {
  if (isPublic) return false
  return kept === null || !kept.hasSecret || kept.issuer !== issuer || kept.clientId !== clientId
}

/** Domains of a text: by lines, commas or blanks, with or without an @ in front. */
export function domainsOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^@/, '').toLowerCase())
    .filter(Boolean)
}

const START: ProviderForm = {
  ...GRANT_START,
  reach: 'all',
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  isPublic: false,
  domains: '',
  roleClaim: '',
  roleRules: [],
  fallbackRole: 'member',
  createsAccounts: false,
  countsAsSecondFactor: false,
  active: true,
  kept: null,
}

/** What the dialog begins with. */
export function formOf(provider: OidcProvider | undefined): ProviderForm {
  if (provider === undefined) return START
  const { memberScopes, memberWorkspaces, issuer, clientId, hasSecret } = provider
  const { name, roleRules, createsAccounts, countsAsSecondFactor, active } = provider
  return {
    ...START,
    ...fieldsOf({ role: 'member', scopes: memberScopes, workspaces: memberWorkspaces }),
    name,
    issuer,
    clientId,
    roleRules,
    createsAccounts,
    countsAsSecondFactor,
    active,
    isPublic: !hasSecret,
    domains: provider.allowedDomains.join(', '),
    roleClaim: provider.roleClaim ?? '',
    fallbackRole: provider.fallbackRole ?? 'refuse',
    kept: { issuer, clientId, hasSecret },
  }
}

/** What is sent. The secret goes along only where one was typed, or where there shall be none. */
export function saveOf(form: ProviderForm): SaveOidcProvider {
  const { name, issuer, clientId, roleRules, createsAccounts, countsAsSecondFactor, active } = form
  const keepsSecret = !form.isPublic && form.clientSecret === ''
  return {
    name,
    issuer,
    clientId,
    createsAccounts,
    countsAsSecondFactor,
    active,
    allowedDomains: domainsOf(form.domains),
    roleClaim: form.roleClaim === '' ? null : form.roleClaim,
    roleRules: form.roleClaim === '' ? [] : roleRules,
    fallbackRole: form.fallbackRole === 'refuse' ? null : form.fallbackRole,
    memberScopes: form.scopes,
    memberWorkspaces: reachOf(form),
    ...(!keepsSecret && { clientSecret: form.isPublic ? '' : form.clientSecret }),
  }
}

/** A provider as it is, to be sent again with one thing changed; its secret stays. */
export function bodyOf(provider: OidcProvider): SaveOidcProvider {
  const { id: _id, hasSecret: _has, redirectUri: _uri, createdAt: _made, updatedAt: _changed, ...rules } = provider
  return rules
}
