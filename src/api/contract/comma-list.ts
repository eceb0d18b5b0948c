import { z } from 'zod'

import { list } from './list.ts'

/** One word in a query, or several with commas between them. */
export function commaList<Word extends z.ZodType<string, string>>(word: Word) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(list(word).min(1))
}
