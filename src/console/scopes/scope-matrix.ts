import {
  ALL_SCOPES,
  SCOPE_LETTERS,
  type ScopeInfo,
  type ScopeLetter,
  type ScopeName,
  SCOPES,
  type Scopes,
} from '#api/contract/scopes.ts'

export type Fill = 'all' | 'some' | 'none' | 'locked'

export const isGranted = (scopes: Scopes, name: ScopeName, letter: ScopeLetter): boolean =>
  (scopes[name] ?? '').includes(letter)

/**
 * Grants or takes back letters of one scope; letters it does not know are passed over, and none is granted that is not
 * held. What is granted already may stay or go, whoever granted it.
 */
function withLetters(
  scopes: Scopes,
  info: ScopeInfo,
  letters: readonly ScopeLetter[],
  isOn: boolean,
  held: Scopes,
): Scopes {
  const next = info.letters.filter((letter) => {
    const isThere = isGranted(scopes, info.name, letter)
    return letters.includes(letter) ? isOn && (isThere || isGranted(held, info.name, letter)) : isThere
  })
  const { [info.name]: _before, ...others } = scopes
  return next.length === 0 ? others : { ...others, [info.name]: next.join('') }
}

export function setCell(
  scopes: Scopes,
  info: ScopeInfo,
  letter: ScopeLetter,
  isOn: boolean,
  held: Scopes = ALL_SCOPES,
): Scopes {
  return withLetters(scopes, info, [letter], isOn, held)
}

export function setRow(scopes: Scopes, info: ScopeInfo, isOn: boolean, held: Scopes = ALL_SCOPES): Scopes {
  return withLetters(scopes, info, SCOPE_LETTERS, isOn, held)
}

/** One letter of all the scopes that are in view. */
export function setColumn(
  scopes: Scopes,
  infos: readonly ScopeInfo[],
  letter: ScopeLetter,
  isOn: boolean,
  held: Scopes = ALL_SCOPES,
): Scopes {
  return infos.reduce((next, info) => withLetters(next, info, [letter], isOn, held), scopes)
}

/** True where nothing can be done about a cell: it is not granted, and whoever looks at it does not hold it. */
export function isLocked(scopes: Scopes, info: ScopeInfo, letter: ScopeLetter, held: Scopes): boolean {
  return !isGranted(scopes, info.name, letter) && !isGranted(held, info.name, letter)
}

/** `locked` where no cell of it can be changed. */
function fillOf(granted: number, possible: number): Fill {
  if (possible === 0) return 'locked'
  if (granted === 0) return 'none'
  return granted === possible ? 'all' : 'some'
}

/** How much of a row is granted, of what can be. */
export function rowFill(scopes: Scopes, info: ScopeInfo, held: Scopes = ALL_SCOPES): Fill {
  const open = info.letters.filter((letter) => !isLocked(scopes, info, letter, held))
  return fillOf(open.filter((letter) => isGranted(scopes, info.name, letter)).length, open.length)
}

/** How much of a column is granted, of what can be. */
export function columnFill(
  scopes: Scopes,
  infos: readonly ScopeInfo[],
  letter: ScopeLetter,
  held: Scopes = ALL_SCOPES,
): Fill {
  const open = infos.filter((info) => info.letters.includes(letter) && !isLocked(scopes, info, letter, held))
  return fillOf(open.filter((info) => isGranted(scopes, info.name, letter)).length, open.length)
}

/** Scopes whose name or cover has all the words. */
export function findScopes(query: string): readonly ScopeInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return SCOPES.filter(({ label, name, covers }) =>
    words.every((word) => `${label} ${name} ${covers}`.toLowerCase().includes(word)),
  )
}

export const hasAnyScope = (scopes: Scopes): boolean => Object.values(scopes).some((letters) => letters !== '')

/** The same grant, whatever order it was made in. */
export function isSameGrant(a: Scopes, b: Scopes): boolean {
  return SCOPES.every(({ name, letters }) =>
    letters.every((letter) => isGranted(a, name, letter) === isGranted(b, name, letter)),
  )
}

/** What both allow. */
export function withinHeld(scopes: Scopes, held: Scopes): Scopes {
  const isBoth = (name: ScopeName, letter: ScopeLetter) =>
    isGranted(scopes, name, letter) && isGranted(held, name, letter)
  const kept = SCOPES.map(({ name, letters }) => [name, letters.filter((letter) => isBoth(name, letter)).join('')])
  return Object.fromEntries(kept.filter(([, letters]) => letters !== ''))
}
