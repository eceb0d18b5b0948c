import { OidcFailure } from '#api/contract/oidc.ts'

interface FailureWords {
  title: string
  /** Why, and what to do. */
  advice: string
}

const WORDS: Record<OidcFailure, FailureWords> = {
  provider_unknown: {
    title: 'This way to sign in is not there any more',
    advice: 'It was removed or turned off. Sign in another way, or ask an owner.',
  },
  provider_unavailable: {
    title: 'The provider did not answer',
    advice: 'It is away, or its settings here are wrong. Try again in a moment; if it stays so, tell an owner.',
  },
  provider_refused: {
    title: 'The provider did not sign you in',
    advice: 'You cancelled it there, or the provider does not let you use this Metadeck. Try again, or ask an owner.',
  },
  sign_in_expired: {
    title: 'This sign-in took too long or was begun elsewhere',
    advice: 'Begin again in this window.',
  },
  email_not_verified: {
    title: 'The provider has not verified your e-mail address',
    advice: 'Confirm the address there, then sign in again.',
  },
  no_access: {
    title: 'You have no access to this Metadeck',
    advice: 'The provider knows you, but no account here takes you. Ask an owner or an admin to invite you.',
  },
  too_many_attempts: {
    title: 'Too many attempts',
    advice: 'Wait a few minutes, then try again.',
  },
  sign_in_failed: {
    title: 'Could not sign in by the provider',
    advice: 'Try again. If it stays so, an owner finds the reason in the audit log.',
  },
}

/** What went wrong at a provider, by the `error` of the address; unknown codes are not repeated. Undefined where there is none. */
export function providerFailure(search: URLSearchParams): FailureWords | undefined {
  const code = search.get('error')
  return code === null ? undefined : WORDS[OidcFailure.catch('sign_in_failed').parse(code)]
}
