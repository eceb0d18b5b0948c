import type { FastifyInstance } from 'fastify'

import type { Deps } from '../deps.ts'

/** Everything comes from this origin; no inline script, no inline style, no eval, no frame around it. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Icons inside of style sheets are data.
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What the console never asks a browser for. */
const UNUSED =
  'accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen geolocation gyroscope magnetometer microphone midi payment picture-in-picture screen-wake-lock usb xr-spatial-tracking'
/** Copy buttons and passkeys: for its own pages only. */
const USED = 'clipboard-write publickey-credentials-create publickey-credentials-get'

const allow = (names: string, list: string): string[] => names.split(' ').map((name) => `${name}=${list}`)
const PERMISSIONS = [...allow(UNUSED, '()'), ...allow(USED, '(self)')].join(', ')

const SECURITY_HEADERS = {
  // Answers differ by who asks, and some hold secrets that are shown once.
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': PERMISSIONS,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // For browsers that do not know `frame-ancestors`.
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
} as const

const YEAR_SECONDS = 365 * 86_400
const STRICT_TRANSPORT = `max-age=${YEAR_SECONDS}`

export type SecurityHeaders = Readonly<Record<string, string>>

/**
 * What is on every answer, also where no hook runs. HSTS only where `PUBLIC_URL` says https: on plain http browsers do not
 * heed it, and the TLS is the proxy's.
 */
export function securityHeaders({ publicUrl }: Pick<Deps['config'], 'publicUrl'>): SecurityHeaders {
  const isSecure = publicUrl?.startsWith('https:') === true
  return isSecure ? { ...SECURITY_HEADERS, 'strict-transport-security': STRICT_TRANSPORT } : SECURITY_HEADERS
}

/**
 * Security headers on every answer. Register it first, so that refusals have them too. A route that sets one of them
 * itself keeps its own: stored files have a stricter policy, and what is the same for everybody may be kept.
 */
export function registerSecurityHeaders(app: FastifyInstance, headers: SecurityHeaders): void {
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers(headers)
  })
}
