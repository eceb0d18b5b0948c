import { type ScopeKey, SCOPES, scopeWord } from '#api/contract/scopes.ts'

/** Scopes with the words of each that are among the keys: `Workspace Database` and `create, read`. */
export function grantLines(keys: readonly ScopeKey[]): { label: string; value: string }[] {
  return SCOPES.flatMap(({ name, label, letters }) => {
    const words = letters.map(scopeWord).filter((word) => keys.includes(`${name}:${word}`))
    return words.length === 0 ? [] : [{ label, value: words.join(', ') }]
  })
}
