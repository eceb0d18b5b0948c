import { SCOPE_LETTERS, type ScopeLetter, type ScopeName, type Scopes, scopeWord } from '#api/contract/scopes.ts'

import { isGranted } from './scope-matrix.ts'

const CONTENT = 'workspace:content'
const LIVE = 'workspace:livedatasource'

/** Letters of one scope without the same letters of another. */
const without = (scopes: Scopes, name: ScopeName, other: ScopeName): ScopeLetter[] =>
  SCOPE_LETTERS.filter((letter) => isGranted(scopes, name, letter) && !isGranted(scopes, other, letter))

/** What can be done to rows of other data sources, and not to those of `live`. */
export const notInLive = (scopes: Scopes): ScopeLetter[] => without(scopes, CONTENT, LIVE)

/** Letters of live rows that do nothing, as Content lacks them. */
export const onlyInLive = (scopes: Scopes): ScopeLetter[] => without(scopes, LIVE, CONTENT)

/** `Read and Update`. */
function namesOf(letters: readonly ScopeLetter[]): string {
  const names = letters.map((letter) => scopeWord(letter).replace(/^./, (first) => first.toUpperCase()))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** What the letters of one scope do not reach alone, for beside them; undefined where nothing lacks. */
export function gapWords(scopes: Scopes, name: ScopeName): string | undefined {
  if (name === CONTENT) {
    const letters = notInLive(scopes)
    if (letters.length === 0) return undefined
    return `No rows of the data source live: those need Workspace Live Data Source: ${namesOf(letters)} as well.`
  }
  if (name !== LIVE) return undefined
  const letters = onlyInLive(scopes)
  return letters.length === 0 ? undefined : `Does nothing without Workspace Content: ${namesOf(letters)}.`
}
