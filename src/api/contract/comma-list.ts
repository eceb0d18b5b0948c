import { z } from 'zod'

/** One word in a query, or several with commas between them. */
export function commaList<Word extends z.ZodType<string, string>>(word: Word) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(word).min(1))
}
