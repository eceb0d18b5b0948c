import type { Column, Index } from '#api/contract/columns.ts'

import { isList } from './column-type.ts'
import type { DefinitionInput, Report } from './definition.ts'
import { SEARCH_LANGUAGES } from './index-sql.ts'

/** Columns of one index at most, as PostgreSQL is built. */
const FIELDS_MAX = 32
const TEXT_TYPES = new Set(['text', 'email', 'enum'])

const MISSING_EXTENSION: Partial<Record<Index['type'], string>> = {
  spatial: 'A spatial index needs geometry columns of PostGIS; here they are kept as JSON. Leave this index out.',
  vector: 'A vector index needs columns of the extension pgvector; here they are kept as arrays. Leave this index out.',
}

/** Checks every index of a definition against its columns. */
export function checkIndexes(input: DefinitionInput, report: Report): void {
  const ids = new Set<string>()
  for (const [at, index] of input.indexes.entries()) {
    const path = `index.${at}`
    if (index.id !== undefined && ids.has(index.id)) report(`${path}.id`, `The index id ${index.id} is there twice.`)
    if (index.id !== undefined) ids.add(index.id)
    const missing = MISSING_EXTENSION[index.type]
    if (missing !== undefined) report(`${path}.type`, missing)
    else if (index.type === 'primary') checkPrimary(index, path, report)
    else checkFields(index, path, input.columns, report)
  }
}

/** The primary index is implied; it may be sent along as it is answered. */
function checkPrimary(index: Index, path: string, report: Report): void {
  const isOnId = index.fields.length === 1 && index.fields[0]?.name === 'id'
  if (!isOnId) report(`${path}.fields`, 'The primary index is the one on the column id.')
}

function checkFields(index: Index, path: string, columns: readonly Column[], report: Report): void {
  if (index.fields.length === 0) report(`${path}.fields`, 'An index needs a column.')
  if (index.fields.length > FIELDS_MAX) report(`${path}.fields`, `An index has at most ${FIELDS_MAX} columns.`)
  for (const [at, field] of index.fields.entries()) {
    const fieldPath = `${path}.fields.${at}`
    if (index.fields.findIndex((other) => other.name === field.name) !== at) {
      report(`${fieldPath}.name`, `The column "${field.name}" is there twice.`)
    }
    const column = columns.find((candidate) => candidate.name === field.name)
    if (column === undefined) report(`${fieldPath}.name`, `There is no column named "${field.name}".`)
    else checkField(index, field, column, fieldPath, report)
  }
  if (index.type === 'search' && index.lang !== undefined && !SEARCH_LANGUAGES.includes(index.lang)) {
    report(`${path}.lang`, `The language must be one of ${SEARCH_LANGUAGES.join(', ')}.`)
  }
}

function checkField(index: Index, field: Index['fields'][number], column: Column, path: string, report: Report): void {
  if (column.type === 'password') report(`${path}.name`, 'A password column cannot be indexed.')
  if (index.type === 'search') {
    if (!TEXT_TYPES.has(column.type) || isList(column)) {
      report(
        `${path}.name`,
        `A search index takes text columns; "${column.name}" is ${isList(column) ? 'a list' : column.type}.`,
      )
    }
    if (field.op !== undefined && !/^([ABCD]|asc|desc)?$/.test(field.op)) {
      report(`${path}.op`, 'The weight of a search column is A, B, C or D.')
    }
    return
  }
  if (field.op !== undefined && !/^(asc|desc)?$/.test(field.op)) report(`${path}.op`, 'The order must be asc or desc.')
}
