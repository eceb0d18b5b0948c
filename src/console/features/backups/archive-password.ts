import { z } from 'zod'

export interface PasswordWords {
  words: string
  tone: 'muted' | 'warning' | 'success'
}

/** Characters from which a password that somebody may try offline, for ever, is worth the name. */
const fairLength = 12
const strongLength = 18
/** `aaaaaaaaaaaaaaaaaa` is long and worth nothing. */
const differentMin = 8

/** How well it would protect an archive that fell into other hands. */
export function archivePasswordWords(password: string): PasswordWords {
  if (password === '') return { words: 'Empty: the archive is not encrypted.', tone: 'muted' }
  const different = new Set(password).size
  if (password.length < fairLength || different < differentMin)
    return {
      words: 'Weak: whoever has the file can try passwords for ever. Use four or more random words.',
      tone: 'warning',
    }
  if (password.length < strongLength) return { words: 'Fair: a longer one is stronger.', tone: 'muted' }
  return { words: 'Strong.', tone: 'success' }
}

export const TakeBackupForm = z
  .object({
    /** Empty = the live branch. */
    branch: z.string(),
    definitionOnly: z.boolean(),
    password: z.string().max(1_000, 'At most 1,000 characters'),
    repeat: z.string(),
  })
  .refine(({ password, repeat }) => password === repeat, { path: ['repeat'], message: 'The two passwords differ' })
export type TakeBackupForm = z.infer<typeof TakeBackupForm>
