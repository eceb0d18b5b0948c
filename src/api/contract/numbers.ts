import { z } from 'zod'

/** As many as the largest number has that is held exactly. */
const DIGITS = /^\d{1,16}$/
const REFUSAL = 'not a whole number. Send up to 16 decimal digits, without sign, fraction or blanks'

/**
 * A whole number in an address or a query, where it is text, or in a body, where it is a number or such text: decimal
 * digits only, so that `0x1`, `1e3`, `+1`, `-0` and ` 1 ` name nothing.
 */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return z.preprocess(
    (sent) => (typeof sent === 'string' && DIGITS.test(sent) ? Number(sent) : sent),
    z
      .number({ error: ({ code }) => (code === 'invalid_type' ? REFUSAL : undefined) })
      .int()
      .min(min)
      .max(max),
  )
}
