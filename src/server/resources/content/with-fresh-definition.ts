import { AppError } from '../../errors.ts'
import { DEFINITION_CHANGED } from '../../tables/database-error.ts'

const ATTEMPTS = 5

/**
 * Runs work on a table whose definition may change between reading it and using it: the database then refuses the
 * statement whole, and it is done again with the definition as it is now. Attempts count from 1.
 */
export async function withFreshDefinition<Result>(work: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      const isStale = error instanceof AppError && error.payload?.reason === DEFINITION_CHANGED
      if (!isStale || attempt === ATTEMPTS) throw error
    }
  }
}
