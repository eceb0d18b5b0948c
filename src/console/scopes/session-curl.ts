import { fillPath } from '#api/client/call.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'

export interface SentInput {
  params?: Record<string, unknown> | undefined
  body?: unknown
}

/** Text for a POSIX shell, in single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The call that a form makes, for a shell. The console never knows the cookie of its own session. */
export function sessionCurl(
  origin: string,
  endpoint: Pick<Endpoint, 'method' | 'path'>,
  { params = {}, body }: SentInput,
): string {
  const address = `${origin.replace(/\/$/, '')}${fillPath(endpoint.path, params)}`
  // The name that the server gives its cookie over https.
  const cookie = origin.startsWith('https:') ? '__Host-metadeck_session' : 'metadeck_session'
  const lines = [`curl -X ${endpoint.method} ${quoted(address)}`, `  -b "${cookie}=$METADECK_SESSION"`]
  if (body !== undefined) lines.push(`  -H 'Content-Type: application/json'`, `  -d ${quoted(JSON.stringify(body))}`)
  return lines.join(' \\\n')
}
