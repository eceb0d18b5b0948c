import type { Failure } from '#api/contract/backups.ts'

import { AppError } from '../errors.ts'
import { failureOf } from './run.ts'

/** What is kept of a failed restore; of a refusal also what did not fit, so that a caller need not read the sentence. */
export function restoreFailure(error: unknown): Failure {
  const failure: Failure = failureOf(error)
  if (!(error instanceof AppError)) return failure
  const { reason, table, column, columns, count } = error.payload ?? {}
  if (typeof reason === 'string') failure.reason = reason
  if (typeof table === 'string') failure.table = table
  if (typeof column === 'string') failure.columns = [column]
  if (Array.isArray(columns)) failure.columns = columns.filter((name) => typeof name === 'string')
  if (typeof count === 'number') failure.count = count
  return failure
}

/**
 * True for what a restore can be expected to meet and a person can mend: an archive that does not fit or is damaged, a
 * wrong password. The server did nothing wrong.
 */
export function isExpected(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== 'internal'
}
