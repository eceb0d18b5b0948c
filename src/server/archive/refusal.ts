import pg from 'pg'

import { AppError } from '../errors.ts'
import { badArchive } from './archive-error.ts'

/** Classes of SQLSTATE that the contents of an archive can cause: values, constraints, definitions, limits. */
const CAUSED_BY_CONTENTS = /^(?:22|23|42|54)/

/**
 * What PostgreSQL refused of an archive, named by table, line and column; never with what the row holds. Anything
 * that no archive can cause is given back as it is.
 */
export function describeRefusal(error: unknown, table?: string): unknown {
  if (!(error instanceof pg.DatabaseError) || !CAUSED_BY_CONTENTS.test(error.code ?? '')) return error
  const name = table ?? error.table
  const [, line, column] = /line (\d+)(?:, column ([^:]+))?/.exec(error.where ?? '') ?? []
  const where = line === undefined ? '' : ` at line ${line}${column === undefined ? '' : `, column ${column}`}`
  const whose = name === undefined ? 'The rows' : `The rows of "${name}"`
  return badArchive('bad_rows', `${whose} in the archive do not fit the definition${where} (${error.code}).`, error)
}

export type RefusalReason =
  | 'definitions_only'
  | 'missing_tables'
  | 'dangling_rows'
  | 'data_source'
  | 'id_type'
  | 'referenced'
  | 'canonical_taken'
  | 'branch_live'
  | 'columns'
  | 'duplicate_rows'
  | 'endpoint_moved'
  | 'missing_rows'
  | 'name_taken'
  | 'not_empty'
  | 'values'

/** A sound archive that does not fit the target as it is. Only a person can change that; trying again would not. */
export class ImportRefused extends AppError {
  constructor(reason: RefusalReason, what: string, payload: Record<string, unknown> = {}) {
    super('conflict', `${what} Nothing was changed.`, { payload: { ...payload, reason } })
  }
}
