import { type Expression, sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

/** Bytes of texts that one answer is made from at most: they lie in memory, several times over. */
export const TEXTS_MAX_BYTES = 64 * 1_048_576

/** What a construct's texts take, for a select list; PostgreSQL tells it without reading them. */
export const textBytes = sql<number>`octet_length(text) + coalesce(octet_length(draft), 0)`

/** Throws 413 where the rows of `sizes` (a query for one column `bytes`) have more text than one answer may hold. */
export async function requireTextBudget(db: Db, sizes: Expression<unknown>, advice: string): Promise<void> {
  const { rows } = await sql<{
    bytes: number | null
  }>`select sum(bytes)::bigint as bytes from (${sizes}) as size`.execute(db)
  if ((rows[0]?.bytes ?? 0) <= TEXTS_MAX_BYTES) return
  throw new AppError(
    'too_large',
    `The XanoScript texts for this answer have more than ${TEXTS_MAX_BYTES / 1_048_576} MB together. ${advice}`,
  )
}
