import { ApiError } from '#api/client/api-error.ts'
import type { PasskeyObstacle } from '#api/contract/sign-in-methods.ts'
import { formFailure, type FormFailure } from '#console/data/form-failure.ts'

/** Why this address allows no passkeys, and what would. */
export const PASSKEY_OBSTACLES: Record<PasskeyObstacle, string> = {
  address_is_ip: 'Passkeys need a host name, and this Metadeck is reached by an IP address. Set PUBLIC_URL to a name.',
  needs_https: 'Passkeys need https, or the host name localhost. Set PUBLIC_URL to an https address.',
}

/** Whether this browser knows passkeys, and lets this page use them. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in globalThis

/** What the browser's refusals mean, by the names that the WebAuthn standard gives them. */
const BY_NAME: Partial<Record<string, string>> = {
  NotAllowedError: 'It was cancelled, took too long, or there is no fitting passkey here. Try again.',
  InvalidStateError: 'This device or password manager has a passkey for this account already.',
  SecurityError: 'Passkeys work only at the address that this Metadeck was set up with. Open that one.',
  NotSupportedError: 'This device cannot make a passkey of the kind that is needed. Use another one.',
  ConstraintError: 'This device cannot ask for a PIN or a finger, which a passkey needs. Use another one.',
}

/** Whether another request took the place of this one: nothing that anybody must be told. */
const isSuperseded = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** What stands where a passkey was asked for and none came; nothing while all is well. */
export function passkeyFailure(error: unknown, title: string): FormFailure | undefined {
  if (isSuperseded(error)) return undefined
  const words = error instanceof Error && !(error instanceof ApiError) ? BY_NAME[error.name] : undefined
  return words === undefined ? formFailure(error, title) : { title, children: words, detail: undefined }
}
