import { z } from 'zod'

const REFUSAL =
  'not a moment. Send ISO 8601 with Z or an offset, such as 2026-01-31T08:00:00Z (a + in an address is written %2B), or a day such as 2026-01-31, which begins at midnight UTC'

/** The years that times of the database and of JavaScript share. */
const isKept = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear()
  return year >= 1 && year <= 9_999
}

/**
 * The one form of moments that the console's own operations take, in queries and bodies: ISO 8601 with `Z` or an offset,
 * or a day, which means its beginning in UTC. Read as the same moment in UTC, `2026-01-31T08:00:00.000Z`.
 */
export const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], REFUSAL)
  .refine(isKept, REFUSAL)
  .transform((text) => new Date(text).toISOString())
