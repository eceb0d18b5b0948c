import type { AuditEntry } from '#api/contract/audit-console.ts'
import { ScopeName, type ScopeKey, scopeLabel } from '#api/contract/scopes.ts'

import { deedLine, kindWords, upperFirst } from './deed-words.ts'
import { reasonWords } from './fact-words.ts'

type Outcome = AuditEntry['outcome']

/** Every outcome that there is, in a word and in the colour that repeats it. */
export const OUTCOME_WORDS: Record<Outcome, { words: string; tone: 'success' | 'warning' }> = {
  done: { words: 'Done', tone: 'success' },
  refused: { words: 'Refused', tone: 'warning' },
  interrupted: { words: 'Interrupted', tone: 'warning' },
}

/** Every kind of record that there is, as filters name it. */
export const TYPE_WORDS: Record<AuditEntry['type'], string> = {
  create: 'Created',
  update: 'Changed',
  delete: 'Deleted',
  read: 'Read, refused',
  export: 'Exported',
  import: 'Imported',
  login: 'Signed in',
  logout: 'Signed out',
}

/** Who did it, as filters name it. */
export const ACTOR_WORDS: Record<AuditEntry['actor']['kind'], string> = {
  session: 'People',
  token: 'Tokens',
  system: 'Not signed in',
}

/** A record as the heading of its own sheet, with an outcome that is not plain. */
export function recordTitle(entry: Parameters<typeof deedLine>[0]): string {
  const line = deedLine(entry)
  if (entry.outcome === 'done') return line
  return `${OUTCOME_WORDS[entry.outcome].words}: ${line.charAt(0).toLowerCase()}${line.slice(1)}`
}

/** `table orders`; empty where it is of no single thing. */
export function thingWords({ target }: Pick<AuditEntry, 'target'>): string {
  return target === null ? '' : [kindWords(target.kind), target.name ?? target.id ?? ''].join(' ').trimEnd()
}

/** What an outcome that is not plain means, in a sentence; empty of what was simply done. */
export function outcomeWords(entry: Pick<AuditEntry, 'outcome' | 'detail'>): string {
  if (entry.outcome === 'interrupted') {
    const why = entry.detail['reason'] === 'failed' ? 'it failed unexpectedly' : 'the process died'
    return `It is not known whether this took effect: ${why} before it was recorded as done.`
  }
  return entry.outcome === 'refused' ? refusalWords(entry) : ''
}

/** When an interrupted operation began; its record was made when that was noticed. */
export function begunAt({ outcome, detail }: Pick<AuditEntry, 'outcome' | 'detail'>): string | undefined {
  const at = detail['begunAt']
  return outcome === 'interrupted' && typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : undefined
}

/** Who did it: the person or token, or Metadeck itself where nobody was signed in. */
export function actorWords({ kind, label }: AuditEntry['actor']): string {
  if (label !== '' && label !== 'system') return label
  return kind === 'system' ? 'nobody signed in' : 'unknown'
}

/** Why a call was refused, in words; empty where nothing was noted. */
export function refusalWords({ detail }: Pick<AuditEntry, 'detail'>): string {
  const { scope, reason, status } = detail
  if (typeof scope === 'string') return `It lacks the scope ${scopeWords(scope)}.`
  const why = typeof reason === 'string' ? `${upperFirst(reasonWords(reason))}.` : ''
  return [why, typeof status === 'number' ? `Answered with ${status}.` : ''].filter(Boolean).join(' ')
}

function scopeWords(scope: string): string {
  const name = scope.slice(0, scope.lastIndexOf(':'))
  return ScopeName.safeParse(name).success ? scopeLabel(scope as ScopeKey) : scope
}

/** Noted by other parts of the sheet already. */
const TOLD = new Set(['scope', 'reason', 'status', 'changed', 'etag', 'begunAt', 'isReading'])

/** What else a record noted. */
export function otherFacts({ detail }: Pick<AuditEntry, 'detail'>): [string, unknown][] {
  return Object.entries(detail).filter(([key, value]) => !TOLD.has(key) && value !== null && value !== undefined)
}

/** The head of the chain as one line to note elsewhere: `812:9f…`. */
export const headText = ({ sequence, hash }: { sequence: number; hash: string }): string => `${sequence}:${hash}`

const HEAD = /^\s*([1-9]\d{0,14})\s*[:#\s]\s*([\da-f]{64})\s*$/i

/** Reads such a line again; undefined where it is none. The head of an empty log proves nothing. */
export function readHead(line: string): { sequence: number; hash: string } | undefined {
  const [, sequence, hash] = HEAD.exec(line) ?? []
  return sequence === undefined || hash === undefined
    ? undefined
    : { sequence: Number(sequence), hash: hash.toLowerCase() }
}
