import pg from 'pg'

import type { Column } from '#api/contract/columns.ts'

import { AppError, invalidInput } from '../errors.ts'
import { isList, isStoredAsJson, sqlType } from './column-type.ts'
import type { TableDefinition } from './definition.ts'
import { columnsOfObject } from './object-names.ts'

/** SQLSTATE codes that user input or a neighbour can cause. */
const CODE = {
  notNull: '23502',
  foreignKey: '23503',
  unique: '23505',
  check: '23514',
  undefinedTable: '42P01',
  undefinedColumn: '42703',
  undefinedSchema: '3F000',
  datatypeMismatch: '42804',
  truncateReferenced: '0A000',
  duplicateTable: '42P07',
  duplicateColumn: '42701',
  limit: '54000',
  tooManyColumns: '54011',
}

/** A lock that was not to be had, a deadlock, a serialisation failure: trying again helps. */
const TRY_AGAIN = new Set(['40001', '40P01', '55P03'])
/** The definition that the statement was built from is no longer the one in the database. */
const CHANGED = new Set([
  CODE.undefinedTable,
  CODE.undefinedColumn,
  CODE.undefinedSchema,
  CODE.datatypeMismatch,
  CODE.truncateReferenced,
])

/** Reason of a refusal that comes of a definition read before it was changed. */
export const DEFINITION_CHANGED = 'definition_changed'

export interface ErrorContext {
  /** The table that the statements are about, where it is one. */
  definition?: TableDefinition
  /** Names the refused field by its column; `items.17.price` in a bulk create. */
  paramOf?: (column: string) => string
  /** True where rows go away: a broken reference then is one that points here. */
  isDelete?: boolean
}

/** The driver's error, or undefined for anything else. */
export function asDatabaseError(error: unknown): pg.DatabaseError | undefined {
  return error instanceof pg.DatabaseError ? error : undefined
}

/**
 * Turns a refusal of PostgreSQL into an answer that names the column and holds no SQL. What no input can cause is
 * given back as it is, for the log.
 */
export function describeDatabaseError(error: unknown, context: ErrorContext): unknown {
  const failure = asDatabaseError(error)
  if (failure?.code === undefined) return error
  if (TRY_AGAIN.has(failure.code)) {
    return new AppError('conflict', 'The table is in use by another operation. Try again in a moment.', {
      cause: error,
    })
  }
  if (CHANGED.has(failure.code)) {
    return new AppError('conflict', 'The table was changed meanwhile. Try again.', {
      payload: { reason: DEFINITION_CHANGED },
      cause: error,
    })
  }
  return describeRefusal(failure, failure.code, context) ?? error
}

function describeRefusal(failure: pg.DatabaseError, code: string, context: ErrorContext): AppError | undefined {
  const { definition } = context
  const columns = columnsOf(failure, definition)
  const param = (context.paramOf ?? String)(columns[0] ?? '')
  const named = columns.map((column) => `"${column}"`).join(', ')
  switch (code) {
    case CODE.unique:
      return invalidInput(param, `Duplicate record: another row has the same value in ${named || 'a unique index'}.`)
    case CODE.foreignKey:
      return context.isDelete === true
        ? stillReferenced(failure, definition)
        : invalidInput(param, `Invalid value for param ${param}: there is no such row in the table it refers to.`)
    case CODE.check:
      return invalidInput(param, `Invalid value for param ${param}: the column does not allow it.`)
    case CODE.notNull:
      return invalidInput(param, `Missing param: ${param}`)
    case CODE.duplicateTable:
      return invalidInput('name', 'PostgreSQL already uses this name for a table or an index. Choose another name.')
    case CODE.duplicateColumn:
      return invalidInput('name', 'The table already has a column of this name.')
    default:
      return describeLimit(code, columns.length > 0 ? columns : indexedColumns(code, definition), context)
  }
}

/** Class 22: a value out of range or malformed. Class 54: a limit of PostgreSQL. */
function describeLimit(code: string, columns: readonly string[], context: ErrorContext): AppError | undefined {
  const param = (context.paramOf ?? String)(columns[0] ?? '')
  if (code === CODE.tooManyColumns) {
    return invalidInput('schema', 'PostgreSQL holds no more columns in this table; dropped ones count too.')
  }
  if (code.startsWith('22')) return invalidInput(param, 'A value does not fit its column.')
  if (!code.startsWith('54')) return undefined
  const named = columns.map((column) => `"${column}"`).join(', ')
  return invalidInput(
    param,
    named === '' ? 'The row is larger than PostgreSQL can hold.' : `A value in ${named} is too long for its index.`,
  )
}

/** PostgreSQL does not say which index a very long value does not fit: it is one of those on columns without bounds. */
function indexedColumns(code: string, definition: TableDefinition | undefined): string[] {
  if (code !== CODE.limit || definition === undefined) return []
  const indexed = new Set(
    definition.indexes.flatMap((index) => (index.type === 'search' ? [] : index.fields.map((field) => field.name))),
  )
  return definition.columns
    .filter((column) => indexed.has(column.name) && isUnbounded(column))
    .map((column) => column.name)
}

function isUnbounded(column: Column): boolean {
  return sqlType(column) === 'text' || isStoredAsJson(column) || isList(column)
}

function columnsOf(failure: pg.DatabaseError, definition: TableDefinition | undefined): string[] {
  if (failure.column !== undefined) return [failure.column]
  if (failure.constraint === undefined || definition === undefined) return []
  return columnsOfObject(definition, failure.constraint) ?? []
}

function stillReferenced(failure: pg.DatabaseError, definition: TableDefinition | undefined): AppError {
  const from = failure.table === undefined ? 'another table' : `the table "${failure.table}"`
  const self = failure.table === definition?.name ? ' itself' : ''
  return new AppError('invalid_input', `Rows of ${from}${self} refer to this row. Delete or change them first.`, {
    payload: { reason: 'referenced', table: failure.table },
  })
}

/** Runs statements on a table; refusals come out as `describeDatabaseError` words them. */
export async function withDatabaseErrors<Result>(context: ErrorContext, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw describeDatabaseError(error, context)
  }
}
