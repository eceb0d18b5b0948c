import { z } from 'zod'

import { XanoScriptError } from '#xanoscript/position.ts'

import { AppError } from '../errors.ts'
import { badArchive } from './archive-error.ts'
import { badValues } from './bad-values.ts'

/** The text, null as empty; throws `bad_archive` when it is longer than `max` characters. */
export function limited(text: string | null, max: number, member: string): string {
  if (text === null || text.length <= max) return text ?? ''
  throw badArchive('bad_definition', `A text in "${member}" is longer than ${max} characters.`)
}

/** Reads one definition. Throws `bad_archive` naming the member, and for a text that PostgreSQL cannot keep. */
export function readDocument<T>(member: string, texts: ReadonlyMap<string, string>, read: (text: string) => T): T {
  const text = texts.get(member)
  if (text === undefined) throw badArchive('missing_member', `The archive lacks the definition "${member}".`)
  let value: T
  try {
    value = read(text)
  } catch (error) {
    throw badDefinition(member, error)
  }
  if (isStorable(value)) return value
  throw badArchive('bad_definition', `A text in "${member}" holds the character NUL or half of a surrogate pair.`)
}

/** PostgreSQL keeps any text but NUL and half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}

/** A failure to read a definition as a refusal of the archive; other errors as they are. */
export function badDefinition(member: string, error: unknown): unknown {
  if (error instanceof AppError && error.code === 'bad_archive') return error
  const isOurs = error instanceof AppError || error instanceof XanoScriptError
  if (!isOurs && !(error instanceof z.ZodError)) return error
  const reason = isOurs ? error.message : badValues(error)
  return badArchive('bad_definition', `The definition "${member}" in the archive is not usable: ${reason}`, error)
}
