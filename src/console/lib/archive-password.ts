import { guessBits } from './guess-bits.ts'

export interface ArchivePasswordStrength {
  level: 'none' | 'weak' | 'fair' | 'strong'
  hint: string
}

/** Bits from which guessing is worth less than the archive: whoever has the file may try for ever, without being seen. */
const FAIR_BITS = 50
const STRONG_BITS = 75
/** `ababababababababab` is long and worth nothing. */
const DIFFERENT_MIN = 8

/** How well a password would protect an archive that fell into other hands; `level` and `hint` are for `PasswordMeter`. */
export function archivePasswordStrength(password: string): ArchivePasswordStrength {
  if (password === '') return { level: 'none', hint: 'Empty: the archive is not encrypted.' }
  const bits = guessBits(password)
  if (bits < FAIR_BITS || new Set(password).size < DIFFERENT_MIN) {
    return {
      level: 'weak',
      hint: 'Weak: whoever has the file can try passwords for ever. Use four or more random words.',
    }
  }
  if (bits < STRONG_BITS) return { level: 'fair', hint: 'Fair: a longer one is stronger.' }
  return { level: 'strong', hint: 'Strong.' }
}
