import {
  SCOPE_LETTERS,
  type ScopeInfo,
  type ScopeLetter,
  type ScopeName,
  SCOPES,
  type Scopes,
} from '#api/contract/scopes.ts'

export type Fill = 'all' | 'some' | 'none'

export const isGranted = (scopes: Scopes, name: ScopeName, letter: ScopeLetter): boolean =>
  (scopes[name] ?? '').includes(letter)

/** Grants or takes back letters of one scope; letters it does not know are passed over. */
function withLetters(scopes: Scopes, info: ScopeInfo, letters: readonly ScopeLetter[], isOn: boolean): Scopes {
  const next = info.letters.filter((letter) => (letters.includes(letter) ? isOn : isGranted(scopes, info.name, letter)))
  const { [info.name]: _before, ...others } = scopes
  return next.length === 0 ? others : { ...others, [info.name]: next.join('') }
}

export function setCell(scopes: Scopes, info: ScopeInfo, letter: ScopeLetter, isOn: boolean): Scopes {
  return withLetters(scopes, info, [letter], isOn)
}

export function setRow(scopes: Scopes, info: ScopeInfo, isOn: boolean): Scopes {
  return withLetters(scopes, info, SCOPE_LETTERS, isOn)
}

/** One letter of all the scopes that are in view. */
export function setColumn(scopes: Scopes, infos: readonly ScopeInfo[], letter: ScopeLetter, isOn: boolean): Scopes {
  return infos.reduce((next, info) => withLetters(next, info, [letter], isOn), scopes)
}

function fillOf(granted: number, possible: number): Fill {
  if (granted === 0) return 'none'
  return granted === possible ? 'all' : 'some'
}

export function rowFill(scopes: Scopes, info: ScopeInfo): Fill {
  return fillOf(info.letters.filter((letter) => isGranted(scopes, info.name, letter)).length, info.letters.length)
}

export function columnFill(scopes: Scopes, infos: readonly ScopeInfo[], letter: ScopeLetter): Fill {
  const knowing = infos.filter((info) => info.letters.includes(letter))
  return fillOf(knowing.filter((info) => isGranted(scopes, info.name, letter)).length, knowing.length)
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
