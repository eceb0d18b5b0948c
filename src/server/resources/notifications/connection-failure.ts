import { RefusedAddress } from '../../guarded-lookup.ts'
import type { Outcome } from './outcome.ts'

const UNTRUSTED =
  'has a certificate that is not trusted: it is self-signed, or of an authority that this machine does not know. Install one of a known authority there, or name the file of its authority in NODE_EXTRA_CA_CERTS when Metadeck starts.'
const CLOSED = 'closed the connection before it answered.'
const UNREACHABLE = 'cannot be reached from this machine. Check the network and the firewall between the two.'
const NO_TLS = 'does not speak TLS in a way that is understood. Check the port, and whether it begins with TLS.'

/** What follows the name of the other side. Codes of the system, of OpenSSL and of Node. */
const WORDS: Record<string, string> = {
  ENOTFOUND: 'is a name that the name server (DNS) does not know. Check how it is written.',
  EAI_AGAIN: 'could not be looked up: the name server (DNS) does not answer.',
  ECONNREFUSED: 'refused the connection: nothing listens at that port. Check the address and the port.',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  ECONNECTION: CLOSED,
  EPROTOCOL: 'does not speak SMTP. Check the port.',
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: 'has a certificate that has expired. Renew it there.',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet. Check the clocks of both machines.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name. Use the name that the certificate is for.',
  EPROTO: NO_TLS,
  ETLS: NO_TLS,
}
const FAMILIES: [prefix: string, words: string][] = [
  ['ERR_SSL_', NO_TLS],
  ['HPE_', 'does not answer in HTTP. Check the port.'],
]

const TIMEOUTS = new Set(['ETIMEDOUT', 'ABORT_ERR', 'EABORT'])

/**
 * Puts into words why there was no answer. `who` names the other side ("The mail server smtp.example.com"); the texts
 * of libraries are left out, as they may quote what was sent or answered.
 */
export function connectionFailure(error: unknown, who: string, timeoutMs: number): Outcome {
  if (error instanceof RefusedAddress) {
    const message = `${who} has an address that messages are not sent to: link-local addresses, those of cloud metadata services, and those that nobody can have.`
    return { isDelivered: false, message, isFinal: true }
  }
  const code = codeOf(error)
  if (TIMEOUTS.has(code) || (error instanceof Error && error.name === 'TimeoutError')) {
    return { isDelivered: false, message: `${who} did not answer within ${timeoutMs / 1_000} s.`, isFinal: false }
  }
  const words = WORDS[code] ?? FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1]
  const message = `${who} ${words ?? `could not be spoken to${code === '' ? '' : ` (${code})`}.`}`
  return { isDelivered: false, message, isFinal: false }
}

/** The code of the system where there is one: nodemailer keeps it beside its own. */
function codeOf(error: unknown): string {
  const { originalCode, code } = error as { originalCode?: unknown; code?: unknown }
  if (typeof originalCode === 'string' && code !== 'ETIMEDOUT') return originalCode
  return typeof code === 'string' ? code : ''
}
