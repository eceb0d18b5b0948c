/** The keyword of a kind with its article, to start a sentence with: `A task`, `An addon`. */
export function aKind(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'An' : 'A'} ${kind}`
}
