import type { OidcRole, OidcRoleRule } from '#api/contract/oidc.ts'
import { Email } from '#api/contract/setup.ts'

/** What a provider says of a person, checked by its signature and not otherwise. */
export type Claims = Record<string, unknown>

/**
 * The e-mail address, in lower case; null unless the provider says that it is verified. Some write the flag as text.
 */
export function verifiedEmail({ email, email_verified: isVerified }: Claims): string | null {
  if (isVerified !== true && isVerified !== 'true') return null
  return Email.safeParse(email).data ?? null
}

/** True where the address is of one of the domains, and not of a domain below one. */
export function isAllowedDomain(email: string, domains: readonly string[]): boolean {
  return domains.includes(email.slice(email.lastIndexOf('@') + 1))
}

/**
 * What the token says, and beside it what it lacks. The address and whether it is verified come from one place, or the
 * flag of one address would count for another.
 */
export function withClaimsBeside(token: Claims, beside: Claims): Claims {
  const isWhole = token['email'] !== undefined && token['email_verified'] !== undefined
  const { email, email_verified } = isWhole ? token : beside
  return { ...beside, ...token, email, email_verified }
}

/** What the provider calls the person; at most 200 characters of one line. */
export function displayName({ name }: Claims, email: string): string {
  const text =
    typeof name === 'string'
      ? name
          .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
          .trim()
          .slice(0, 200)
      : ''
  return text === '' ? email : text
}

/**
 * The role by the first rule whose value the claim is or holds; null where none fits. The claim is looked for by its
 * whole name first, as names may hold dots, then as a path.
 */
export function roleBy(claims: Claims, claim: string, rules: readonly OidcRoleRule[]): OidcRole | null {
  const found = Object.hasOwn(claims, claim) ? claims[claim] : valueAt(claims, claim.split('.'))
  const values: unknown[] = Array.isArray(found) ? found : [found]
  return rules.find(({ value }) => values.includes(value))?.role ?? null
}

/** True where the claim that tells the role is there at all. */
export function hasClaim(claims: Claims, claim: string): boolean {
  return Object.hasOwn(claims, claim) || valueAt(claims, claim.split('.')) !== undefined
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value
  for (const name of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined
    current = (current as Record<string, unknown>)[name]
  }
  return current
}
