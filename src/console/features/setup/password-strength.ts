import { PASSWORD_MIN } from '#api/contract/setup.ts'

export interface PasswordStrength {
  level: 'none' | 'short' | 'weak' | 'fair' | 'strong'
  hint: string
}

/** Bits from which guessing offline, against argon2id, stops being worth it. */
const fairBits = 45
const strongBits = 65

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

/** A rough estimate for the one who types; only the length is a rule. */
export function passwordStrength(password: string): PasswordStrength {
  if (password === '')
    return {
      level: 'none',
      hint: `At least ${PASSWORD_MIN} characters. A few unrelated words are easy to remember and hard to guess.`,
    }
  const missing = PASSWORD_MIN - password.length
  if (missing > 0)
    return { level: 'short', hint: `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.` }
  const bits = surprisingLength(password) * Math.log2(alphabetOf(password))
  if (bits < fairBits) return { level: 'weak', hint: 'Weak: easy to guess. Make it longer or less regular.' }
  if (bits < strongBits) return { level: 'fair', hint: 'Fair: a longer one is stronger.' }
  return { level: 'strong', hint: 'Strong.' }
}
