/** How many different characters a guesser has to try at each place. */
function alphabetOf(password: string): number {
  const kinds: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 33],
  ]
  return kinds.reduce((sum, [kind, size]) => (kind.test(password) ? sum + size : sum), 0)
}

/** Characters that are no mere step from the one before: `aaaa` and `1234` count once. */
function surprisingLength(password: string): number {
  const codes = Array.from(password, (character) => character.codePointAt(0) ?? 0)
  return codes.filter((code, index) => index === 0 || Math.abs(code - (codes[index - 1] ?? 0)) > 1).length
}

/** Roughly how many bits somebody must guess; 0 for an empty password. */
export function guessBits(password: string): number {
  return password === '' ? 0 : surprisingLength(password) * Math.log2(alphabetOf(password))
}
