import {
  ALL_SCOPES,
  SCOPE_LETTERS,
  type ScopeLetter,
  type ScopeName,
  SCOPES,
  type Scopes,
} from '#api/contract/scopes.ts'

import { notInLive, onlyInLive } from './grant-gaps.ts'
import { hasAnyScope, isGranted, isSameGrant } from './scope-matrix.ts'

export interface GrantWords {
  /** What it can do, in one sentence. */
  can: string
  /** What it cannot, in one sentence; empty when there is nothing it cannot do. */
  cannot: string
}

const NOUNS: Record<Exclude<ScopeName, 'workspace:livedatasource'>, string> = {
  'instance:workspace': 'workspaces and branches',
  'workspace:database': 'tables',
  'workspace:content': 'rows',
  'workspace:api': 'API groups',
  'workspace:function': 'functions',
  'workspace:addon': 'addons',
  'workspace:task': 'tasks',
  'workspace:file': 'files',
  'workspace:requesthistory': 'request history',
  'workspace:log': 'the audit log',
}
const OUTSIDE_LIVE = 'rows outside the live data source'

const VERBS: Record<ScopeLetter, string> = { c: 'create', r: 'read', u: 'change', d: 'delete' }
/** Reading comes first in speech. */
const SPOKEN: readonly ScopeLetter[] = ['r', 'c', 'u', 'd']

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`
}

/** What each thing may be done to; rows of `live` need the letter twice, so they are told apart where that matters. */
function grants(scopes: Scopes): { noun: string; letters: ScopeLetter[] }[] {
  const found = SCOPES.flatMap(({ name }) => {
    if (name === 'workspace:livedatasource') return []
    const letters = SPOKEN.filter((letter) => isGranted(scopes, name, letter))
    if (name !== 'workspace:content') return [{ noun: NOUNS[name], letters }]
    const inLive = letters.filter((letter) => isGranted(scopes, 'workspace:livedatasource', letter))
    return [
      { noun: NOUNS[name], letters: inLive },
      { noun: OUTSIDE_LIVE, letters: letters.filter((letter) => !inLive.includes(letter)) },
    ]
  })
  return found.filter(({ letters }) => letters.length > 0)
}

function actionWords(letters: readonly ScopeLetter[]): string {
  return joinWords(letters.map((letter) => VERBS[letter]))
}

function canWords(scopes: Scopes): string {
  const byAction = new Map<string, string[]>()
  for (const { noun, letters } of grants(scopes)) {
    const action = actionWords(letters)
    byAction.set(action, [...(byAction.get(action) ?? []), noun])
  }
  const parts = [...byAction].map(([action, nouns]) => `${action} ${joinWords(nouns)}`)
  if (isGranted(scopes, 'instance:workspace', 'r')) parts.push('export whole workspaces, rows included')
  if (canOverwrite(scopes)) parts.push('overwrite whole workspaces by import or restore')
  return parts.join('; ')
}

/** Import and restore replace all that a workspace holds, and ask for this one letter. */
const canOverwrite = (scopes: Scopes): boolean => isGranted(scopes, 'instance:workspace', 'u')

/** What an import replaces is touched, whatever the letters of its own scope say. */
const OVERWRITTEN = new Set<ScopeName>(['workspace:database', 'workspace:content', 'workspace:api'])

function cannotWords(scopes: Scopes): string {
  const held = SCOPE_LETTERS.filter(
    (letter) => canOverwrite(scopes) || SCOPES.some(({ name }) => isGranted(scopes, name, letter)),
  )
  const isReader = held.every((letter) => letter === 'r')
  if (isReader) {
    return isGranted(scopes, 'instance:workspace', 'r')
      ? 'It cannot write rows or change tables, but can add a branch by import-schema.'
      : 'It cannot write.'
  }
  const lacking = SPOKEN.filter((letter) => !held.includes(letter))
  if (lacking.length > 0)
    return `It cannot ${joinWords(
      lacking.map((letter) => VERBS[letter]),
      'or',
    )} anything.`
  const untouched = SCOPES.filter(
    ({ name, letters }) =>
      name !== 'workspace:livedatasource' &&
      letters.every((letter) => !isGranted(scopes, name, letter)) &&
      !(canOverwrite(scopes) && OVERWRITTEN.has(name)),
  )
  if (untouched.length === 0) return ''
  return `It cannot touch ${joinWords(
    untouched.map(({ name }) => NOUNS[name as keyof typeof NOUNS]),
    'or',
  )}.`
}

/** Content alone reaches no rows of `live`, which nobody would guess. */
function liveWords(scopes: Scopes): string {
  const letters = SPOKEN.filter((letter) => notInLive(scopes).includes(letter))
  if (letters.length === 0) return ''
  return `It cannot ${joinWords(
    letters.map((letter) => VERBS[letter]),
    'or',
  )} rows of the data source live: that needs Workspace Live Data Source too.`
}

function reachWords(workspaceNames: 'all' | readonly string[]): string {
  if (workspaceNames === 'all') return 'In all workspaces'
  if (workspaceNames.length <= 3) return `In ${joinWords(workspaceNames)}`
  return `In ${workspaceNames.length} workspaces`
}

/** Says in words what somebody or something with a grant can and cannot do; `subject` as in "this member". */
export function summarizeGrant(
  scopes: Scopes,
  workspaceNames: 'all' | readonly string[],
  subject = 'this token',
): GrantWords {
  const nothing = `${subject.charAt(0).toUpperCase()}${subject.slice(1)} can do nothing yet.`
  if (!hasAnyScope(scopes)) return { can: nothing, cannot: 'Grant at least one scope.' }
  if (workspaceNames !== 'all' && workspaceNames.length === 0)
    return { can: `${nothing.slice(0, -1)}: no workspace is chosen.`, cannot: 'Choose a workspace.' }
  const reach = reachWords(workspaceNames)
  if (isSameGrant(scopes, ALL_SCOPES)) return { can: `${reach} ${subject} can do everything.`, cannot: '' }
  const can = canWords(scopes)
  if (can === '')
    return {
      can: nothing,
      cannot: 'Live data source letters work only together with the same letters of Content.',
    }
  return {
    can: `${reach} ${subject} can ${can}.`,
    cannot: [liveWords(scopes), cannotWords(scopes)].filter(Boolean).join(' '),
  }
}

/** Things about a grant that a tired person would miss. */
export function grantWarnings(scopes: Scopes): string[] {
  const warnings: string[] = []
  if (isGranted(scopes, 'instance:workspace', 'r')) {
    warnings.push(
      'Export needs only Instance Workspace: Read and copies everything, every row and the secrets in it included.',
      'By the documented API the same scope also loads definitions into a new branch (import-schema).',
    )
  }
  if (canOverwrite(scopes)) {
    warnings.push('Instance Workspace: Update replaces a whole workspace by import or restore, all rows included.')
  }
  const lackContent = onlyInLive(scopes)
  if (lackContent.length > 0) {
    warnings.push(
      `Live Data Source: ${joinWords(lackContent.map((letter) => VERBS[letter]))} does nothing without the same letter of Content.`,
    )
  }
  return warnings
}

/** The mini-matrix in words: `read 9, create 2 of 11 scopes`. */
export function matrixWords(scopes: Scopes): string {
  const parts = SPOKEN.flatMap((letter) => {
    const count = SCOPES.filter(({ name }) => isGranted(scopes, name, letter)).length
    return count > 0 ? [`${VERBS[letter]} ${count}`] : []
  })
  return parts.length === 0 ? 'Nothing is granted' : `Can ${joinWords(parts)} of ${SCOPES.length} scopes`
}
