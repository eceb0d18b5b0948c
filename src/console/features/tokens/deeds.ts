import { dangersIn } from '#api/contract/scope-dangers.ts'
import { ALL_SCOPES, type ScopeLetter, type ScopeName, SCOPES, type Scopes } from '#api/contract/scopes.ts'
import { isGranted, isSameGrant } from '#console/scopes/scope-matrix.ts'

/** What a token can do at worst, for a line of a list. */
export interface Deeds {
  /** The worst first: `exports everything`, `deletes rows`. */
  words: string[]
  /** `grave` and `notable` are dangerous, by the marks of the scope matrix. */
  kind: 'grave' | 'notable' | 'writes' | 'reads' | 'nothing'
}

/** Live Data Source does nothing alone. */
const NOUNS: Partial<Record<ScopeName, string>> = {
  'instance:workspace': 'workspaces',
  'workspace:database': 'tables',
  'workspace:content': 'rows',
  'workspace:api': 'APIs',
  'workspace:function': 'functions',
  'workspace:addon': 'addons',
  'workspace:task': 'tasks',
  'workspace:file': 'files',
  'workspace:requesthistory': 'requests',
  'workspace:log': 'the log',
}

const nounsOf = (scopes: Scopes, letters: readonly ScopeLetter[]): string[] =>
  SCOPES.flatMap(({ name }) => {
    const noun = NOUNS[name]
    return noun !== undefined && letters.some((letter) => isGranted(scopes, name, letter)) ? [noun] : []
  })

/** What a grant comes to at worst: the same rule as the marks of the matrix. */
export function deedsOf(scopes: Scopes): Deeds {
  if (isSameGrant(scopes, ALL_SCOPES)) return { words: ['does everything'], kind: 'grave' }
  const dangers = dangersIn(scopes)
  if (dangers.length > 0) {
    const kind = dangers.some(({ level }) => level === 'grave') ? 'grave' : 'notable'
    return { words: dangers.map(({ deed }) => deed), kind }
  }
  const written = nounsOf(scopes, ['c', 'u', 'd'])
  if (written.length > 0) return { words: written.map((noun) => `writes ${noun}`), kind: 'writes' }
  const read = nounsOf(scopes, ['r'])
  if (read.length > 0) return { words: read.map((noun) => `reads ${noun}`), kind: 'reads' }
  return { words: ['does nothing'], kind: 'nothing' }
}

/** All of it in one sentence without an end: `Exports everything, deletes rows`. */
export function deedSentence({ words, kind }: Deeds): string {
  const verb = kind === 'writes' || kind === 'reads' ? `${kind} ` : ''
  const text = words.map((word, index) => (index === 0 ? word : word.slice(verb.length))).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The worst of it, and how much more there is: `Exports everything`, 2. */
export function worstDeed(deeds: Deeds): { words: string; more: number } {
  return { words: deedSentence({ ...deeds, words: deeds.words.slice(0, 1) }), more: deeds.words.length - 1 }
}
