import { type ScopeKey, type Scopes, SCOPES, scopeWord } from '#api/contract/scopes.ts'
import { isGranted } from '#console/scopes/scope-matrix.ts'

/** Scopes with the words of each that are among the keys: `Workspace Database` and `create, read`. */
export function grantLines(keys: readonly ScopeKey[]): { label: string; value: string }[] {
  return SCOPES.flatMap(({ name, label, letters }) => {
    const words = letters.map(scopeWord).filter((word) => keys.includes(`${name}:${word}`))
    return words.length === 0 ? [] : [{ label, value: words.join(', ') }]
  })
}

/** All that is granted, as keys. */
export const grantKeys = (scopes: Scopes): ScopeKey[] =>
  SCOPES.flatMap(({ name, letters }) =>
    letters
      .filter((letter) => isGranted(scopes, name, letter))
      .map((letter): ScopeKey => `${name}:${scopeWord(letter)}`),
  )
