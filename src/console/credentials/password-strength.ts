import { PASSWORD_RULE, passwordProblem } from '#api/contract/password.ts'
import { PASSWORD_MIN } from '#api/contract/setup.ts'
import { guessBits } from '#console/lib/guess-bits.ts'

export interface PasswordStrength {
  level: 'none' | 'short' | 'weak' | 'fair' | 'strong'
  hint: string
}

/** Bits from which guessing offline, against argon2id, stops being worth it. */
const fairBits = 45
const strongBits = 65

/** A rough estimate for the one who types; what the rule refuses is said as the server would say it. */
export function passwordStrength(password: string, person: { name: string; email: string }): PasswordStrength {
  if (password === '') return { level: 'none', hint: PASSWORD_RULE }
  const missing = PASSWORD_MIN - password.length
  if (missing > 0)
    return { level: 'short', hint: `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.` }
  const problem = passwordProblem(password, person)
  if (problem !== null) return { level: 'weak', hint: problem }
  const bits = guessBits(password)
  if (bits < fairBits) return { level: 'weak', hint: 'Weak: easy to guess. Make it longer or less regular.' }
  if (bits < strongBits) return { level: 'fair', hint: 'Fair: a longer one is stronger.' }
  return { level: 'strong', hint: 'Strong.' }
}
