import { PASSWORD_MIN } from '#api/contract/setup.ts'
import { guessBits } from '#console/lib/guess-bits.ts'

export interface PasswordStrength {
  level: 'none' | 'short' | 'weak' | 'fair' | 'strong'
  hint: string
}

/** Bits from which guessing offline, against argon2id, stops being worth it. */
const fairBits = 45
const strongBits = 65

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
  const bits = guessBits(password)
  if (bits < fairBits) return { level: 'weak', hint: 'Weak: easy to guess. Make it longer or less regular.' }
  if (bits < strongBits) return { level: 'fair', hint: 'Fair: a longer one is stronger.' }
  return { level: 'strong', hint: 'Strong.' }
}
