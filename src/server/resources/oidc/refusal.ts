import type { OidcFailure } from '#api/contract/oidc.ts'

/** A sign-in that does not go on. The code is for the person; the reason is for the audit log, and never a secret. */
export class OidcRefusal extends Error {
  override name = 'OidcRefusal'
  readonly code: OidcFailure
  readonly reason: string

  constructor(code: OidcFailure, reason: string = code, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.code = code
    this.reason = reason
  }
}
