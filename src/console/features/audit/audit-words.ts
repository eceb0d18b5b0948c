import type { AuditEntry } from '#api/contract/audit-console.ts'
import { ScopeName, type ScopeKey, scopeLabel } from '#api/contract/scopes.ts'

/** What happened, without who did it and without the operation's id: these stand beside it. */
export function whatWords({ message, action, actor }: Pick<AuditEntry, 'message' | 'action' | 'actor'>): string {
  const bare = withoutEnd(withoutEnd(message, ` (${action})`), ` by ${actor.label}`)
  return bare.startsWith(`${actor.label} `) ? bare.slice(actor.label.length + 1) : bare
}

const withoutEnd = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text)

/** Who did it: the person or token, or Metadeck itself where nobody was signed in. */
export function actorWords({ kind, label }: AuditEntry['actor']): string {
  if (label !== '' && label !== 'system') return label
  return kind === 'system' ? 'nobody signed in' : 'unknown'
}

/** `api_group` → `API group`, `oidc_provider` → `OIDC provider`. */
export function kindWords(kind: string): string {
  return kind
    .replaceAll('_', ' ')
    .replace(/\bapi\b/, 'API')
    .replace(/\boidc\b/, 'OIDC')
}

/** Why a call was refused, in words; empty where nothing was noted. */
export function refusalWords({ detail }: Pick<AuditEntry, 'detail'>): string {
  const { scope, reason, status } = detail
  if (typeof scope === 'string') return `It lacks the scope ${scopeWords(scope)}.`
  const why = typeof reason === 'string' ? ` (${reason.replaceAll('_', ' ')})` : ''
  return typeof status === 'number' ? `Answered with ${status}${why}.` : why.trim()
}

function scopeWords(scope: string): string {
  const name = scope.slice(0, scope.lastIndexOf(':'))
  return ScopeName.safeParse(name).success ? scopeLabel(scope as ScopeKey) : scope
}

/** Noted by other parts of the sheet already. */
const TOLD = new Set(['scope', 'reason', 'status', 'changed', 'etag'])

/** What else a record noted. */
export function otherFacts({ detail }: Pick<AuditEntry, 'detail'>): [string, unknown][] {
  return Object.entries(detail).filter(([key, value]) => !TOLD.has(key) && value !== null && value !== undefined)
}

/** The head of the chain as one line to note elsewhere: `812:9f…`. */
export const headText = ({ sequence, hash }: { sequence: number; hash: string }): string => `${sequence}:${hash}`

const HEAD = /^\s*(\d{1,15})\s*[:#\s]\s*([\da-f]{64})\s*$/i

/** Reads such a line again; undefined where it is none. */
export function readHead(line: string): { sequence: number; hash: string } | undefined {
  const [, sequence, hash] = HEAD.exec(line) ?? []
  return sequence === undefined || hash === undefined
    ? undefined
    : { sequence: Number(sequence), hash: hash.toLowerCase() }
}
