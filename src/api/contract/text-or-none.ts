import { z } from 'zod'

/** A text that may be left out, be empty or be null, which are the same. At most `max` characters. */
export const textOrNone = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((text) => text ?? '')
