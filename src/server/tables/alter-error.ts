import { invalidInput } from '../errors.ts'
import { asDatabaseError, describeDatabaseError } from './database-error.ts'
import type { TableDefinition } from './definition.ts'

/** A change that the rows of a table do not allow; `key` is the setting of the column or index. */
export class BadChange extends Error {
  override name = 'BadChange'
  readonly key: string

  constructor(key: string, message: string) {
    super(message)
    this.key = key
  }
}

/** What rows can have against a change, by SQLSTATE: the setting that is refused, and why. */
const OBSTACLES: Record<string, { key: string; message: string }> = {
  '23502': {
    key: 'required',
    message: 'There are rows without a value. Give the column a default, or make it nullable.',
  },
  '23503': { key: 'tableref_id', message: 'There are rows that refer to no row of that table. Change them first.' },
  '23505': {
    key: 'fields',
    message: 'There are rows with the same value, so the index cannot be unique. Change them first.',
  },
  '23514': {
    key: 'values',
    message: 'There are rows with a value that the column would not allow. Change them first.',
  },
  '42804': {
    key: 'type',
    message: 'The rows of this column cannot be turned into the new type. Add a new column instead.',
  },
  '42846': {
    key: 'type',
    message: 'The rows of this column cannot be turned into the new type. Add a new column instead.',
  },
  '54000': { key: 'fields', message: 'There are values that are too long for this index.' },
}

const BAD_VALUE = { key: 'type', message: 'Some rows hold a value that the new type cannot take. Change them first.' }

/** Runs `work`; a change that it refuses is named by `param`. What PostgreSQL refuses is left as it is. */
export async function nameRefusal<Result>(param: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof BadChange ? invalidInput(`${param}.${error.key}`, error.message) : error
  }
}

/** Runs the statements for one column or index; a refusal names it by `param`, such as `schema.3.type`. */
export async function explainDdl<Result>(
  definition: TableDefinition,
  param: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await nameRefusal(param, work)
  } catch (error) {
    const code = asDatabaseError(error)?.code ?? ''
    const obstacle = OBSTACLES[code] ?? (code.startsWith('22') ? BAD_VALUE : undefined)
    if (obstacle !== undefined) throw invalidInput(`${param}.${obstacle.key}`, obstacle.message)
    throw describeDatabaseError(error, { definition })
  }
}
