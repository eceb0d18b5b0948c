import { PASSWORD_MIN } from './setup.ts'

/** What a password needs, for the form and for the refusal. */
export const PASSWORD_RULE = `At least ${PASSWORD_MIN} characters, five of them different, no well-known password and not your name or e-mail address. Three or four words that do not belong together are good.`

const DIFFERENT_MIN = 5
/** A shorter part of a name says too little about a password. */
const PERSONAL_MIN = 4

/** Long enough for the rule about length, and yet on every list of guesses. */
const WELL_KNOWN = [
  'password',
  'passw0rd',
  'letmein',
  'welcome',
  'iloveyou',
  'administrator',
  'changeme',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwerty',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'superman',
  'trustno1',
  'metadeck',
]

const SEQUENCES = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz']

/** What is wrong with a new password, in one sentence; null where nothing is. Length is the schema's affair. */
export function passwordProblem(password: string, person: { name: string; email: string }): string | null {
  const text = password.toLowerCase()
  if (new Set(text).size < DIFFERENT_MIN) return `Use at least ${DIFFERENT_MIN} different characters.`
  const rest = withoutWords(text, WELL_KNOWN)
  if (rest.length < PERSONAL_MIN || isSequence(rest)) {
    return 'This is one of the passwords that are tried first. Choose another one.'
  }
  const personal = [person.email, ...person.email.split('@'), person.name, ...person.name.split(' ')]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= PERSONAL_MIN)
  if (withoutWords(text, personal).length < PERSONAL_MIN) {
    return 'This is little more than your name or e-mail address. Choose another password.'
  }
  return null
}

/** What is left of a text without these words and without the digits and signs that people put around them. */
function withoutWords(text: string, words: readonly string[]): string {
  const found = words.filter((word) => text.includes(word)).toSorted((a, b) => b.length - a.length)
  if (found.length === 0) return text
  let rest = text
  for (const word of found) rest = rest.replaceAll(word, '')
  return rest.replaceAll(/[^\p{L}]/gu, '')
}

function isSequence(text: string): boolean {
  return SEQUENCES.some((sequence) => sequence.includes(text))
}
