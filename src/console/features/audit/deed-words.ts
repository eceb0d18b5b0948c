import type { AuditEntry } from '#api/contract/audit-console.ts'

import { type Deed, deedOf, pastOf } from './operation-words.ts'

/** A record's deed in words; the name stands last, so that it can stand out. */
export interface DeedWords {
  /** `Disabled the account of`. */
  words: string
  /** `bea@b.co`; undefined where none is known, or none belongs there. */
  name: string | undefined
}

type Told = Pick<AuditEntry, 'action' | 'outcome' | 'target' | 'before' | 'after' | 'detail' | 'address'>

/** What was done, in the past; what was refused or interrupted, as what was tried: `Disable the account of`. */
export function deedWords(entry: Told): DeedWords {
  const deed = finerDeed(entry) ?? deedOf(entry.action) ?? [spaced(entry.action), null]
  const { rest, name } = objectOf(deed, entry.target)
  const verb = entry.outcome === 'done' && deedOf(entry.action) !== undefined ? pastOf(deed[0]) : deed[0]
  return { words: upperFirst([verb, rest].filter(Boolean).join(' ')), name }
}

/** What an operation is in general, of no thing: `change a table`, `sign in`. */
export function tryWords(action: string): string {
  const [verb, noun, unnamed] = deedOf(action) ?? [spaced(action), null]
  const rest = noun === null ? '' : (unnamed ?? (noun && withArticle(noun)))
  return [noun === '' && rest === '' ? verb.replace(/ (as|for|of)$/, '') : verb, rest].filter(Boolean).join(' ')
}

/** The same in one line. */
export function deedLine(entry: Told): string {
  const { words, name } = deedWords(entry)
  return name === undefined ? words : `${words} ${name}`
}

/** Kinds that people know by another name. */
const KINDS: Readonly<Record<string, string>> = { query: 'endpoint', user: 'account' }

/** `api_group` → `API group`, `oidc_provider` → `OIDC provider`, `user` → `account`. */
export function kindWords(kind: string): string {
  if (Object.hasOwn(KINDS, kind)) return KINDS[kind] ?? kind
  return kind
    .replaceAll('_', ' ')
    .replace(/\bapi\b/, 'API')
    .replace(/\boidc\b/, 'OIDC')
    .replace(/\bmcp\b/, 'MCP')
}

export const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** `toolHistoryList` → `tool history list`: an operation that a newer server knows. */
const spaced = (action: string): string => action.replace(/[A-Z_]+/g, (capitals) => ` ${capitals.toLowerCase()}`)

function objectOf([, noun, unnamed]: Deed, target: Told['target']): { rest: string; name: string | undefined } {
  if (noun === null) return { rest: '', name: undefined }
  if (target !== null && target.name !== null) return { rest: nounOf(noun, target), name: target.name }
  // An id alone says nothing without its kind.
  if (target !== null && target.id !== null) return { rest: noun || idNoun(target.kind), name: String(target.id) }
  return { rest: unnamed ?? (noun && withArticle(noun)), name: undefined }
}

/** The name of a row's record is its table's. */
const nounOf = (noun: string, { kind, id }: NonNullable<Told['target']>): string =>
  kind === 'row' && noun === 'row' ? `row ${id ?? ''} of table` : noun

const idNoun = (kind: string): string => (kind === 'user' ? 'person' : kindWords(kind))

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`

/** Where one operation does several things, what this record is of. */
function finerDeed(entry: Told): Deed | undefined {
  return FINER[entry.action]?.(entry)
}

const FINER: Readonly<Record<string, (entry: Told) => Deed | undefined>> = {
  memberUpdate({ after }) {
    if (after === null) return undefined
    if (typeof after['disabled'] === 'boolean')
      return [after['disabled'] ? 'disable the account of' : 'enable the account of', '', 'somebody']
    if ('role' in after) return ['change the role of', '', 'somebody']
    return 'scopes' in after || 'workspaces' in after ? ['change the access of', '', 'somebody'] : undefined
  },
  schedulePause: ({ after }) => (after?.['paused'] === false ? ['resume', 'schedule'] : undefined),
  oidcProviderUpdate: ({ after }) => (isAlone(after) ? switched(after, 'sign-in provider') : undefined),
  sessionCreate: ({ detail, outcome }) =>
    outcome === 'done' && 'needs' in detail ? ['begin to sign in as', ''] : undefined,
  callsRefused: ({ detail, address }) => [`${countedWords(detail['count'])} from ${address}`, null],
}

const isAlone = (facts: Told['after']): boolean => facts !== null && Object.keys(facts).length === 1

function switched(after: Told['after'], noun: string): Deed | undefined {
  const active = after?.['is_active']
  return typeof active === 'boolean' ? [active ? 'turn on' : 'turn off', noun] : undefined
}

const countedWords = (count: unknown): string =>
  typeof count === 'number' ? `${count} more ${count === 1 ? 'call' : 'calls'}` : 'more calls'
