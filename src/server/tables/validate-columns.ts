import { type Column, OBJECT_DEPTH_MAX } from '#api/contract/columns.ts'
import { isObjectText } from '#xanoscript/object-text.ts'

import { hasForeignKey, isList, VECTOR_SIZE_DEFAULT } from './column-type.ts'
import { type DefinitionInput, idType, isReference, type KnownTable, type Report } from './definition.ts'
import { checkColumnName } from './validate-name.ts'
import { BadValue } from './values/bad-value.ts'
import { givenDefault, hasDefault } from './values/default-value.ts'
import { compilePattern } from './values/pattern.ts'

/** PostgreSQL allows 1600 columns, and a dropped one counts for ever. */
const COLUMNS_MAX = 1_500

/** Checks every column of a definition, `id` first among them. */
export function checkColumns(input: DefinitionInput, tables: readonly KnownTable[], report: Report): void {
  if (input.columns.length > COLUMNS_MAX) report('schema', `A table has at most ${COLUMNS_MAX} columns.`)
  checkId(input.columns[0], report)
  checkDistinct(input.columns, 'schema', report)
  for (const [at, column] of input.columns.entries()) {
    const path = `schema.${at}`
    checkColumn(column, path, report)
    checkReference(column, path, input, tables, report)
  }
}

function checkId(column: Column | undefined, report: Report): void {
  if (column?.name !== 'id') {
    report('schema.0.name', 'The first column must be named id: the primary key of the table.')
    return
  }
  if (column.type !== 'int' && column.type !== 'uuid')
    report('schema.0.type', 'The column id must be an int or a uuid.')
  if (isList(column)) report('schema.0.style', 'The column id holds one value, not a list.')
  if (isReference(column)) report('schema.0.tableref_id', 'The column id cannot refer to another table.')
}

function checkDistinct(columns: readonly Column[], prefix: string, report: Report): void {
  const seen = new Set<string>()
  for (const [at, { name }] of columns.entries()) {
    const lower = name.toLowerCase()
    if (seen.has(lower)) report(`${prefix}.${at}.name`, `The column "${name}" is there twice.`)
    seen.add(lower)
  }
}

/** What a column must be on its own, a child of an object included. */
function checkColumn(column: Column, path: string, report: Report): void {
  const problem = checkColumnName(column.name)
  if (problem !== undefined) report(`${path}.name`, problem)
  checkEnum(column, path, report)
  checkPattern(column, path, report)
  checkBounds(column, path, report)
  checkView(column, path, report)
  if (column.type === 'vector' && !hasVectorSize(column)) {
    report(`${path}.vector.size`, 'A vector needs a size between 1 and 16000.')
  }
  checkChildren(column, path, report)
  checkDefault(column, path, report)
}

function hasVectorSize(column: Column): boolean {
  const size = column.vector?.size ?? VECTOR_SIZE_DEFAULT
  return Number.isInteger(size) && size >= 1 && size <= 16_000
}

function checkEnum(column: Column, path: string, report: Report): void {
  if (column.type !== 'enum') return
  const values = column.values ?? []
  if (values.length === 0) report(`${path}.values`, 'An enum needs at least one value.')
  for (const [at, value] of values.entries()) {
    if (values.indexOf(value) !== at) report(`${path}.values.${at}`, `The value "${value}" is there twice.`)
    if (value.includes('\u0000') || !value.isWellFormed()) {
      report(`${path}.values.${at}`, 'A value must not contain the character NUL or half of a surrogate pair.')
    }
  }
}

function checkPattern(column: Column, path: string, report: Report): void {
  for (const key of ['filters', 'validators'] as const) {
    const pattern = column[key]?.pattern
    if (typeof pattern === 'string' && !isPattern(pattern)) {
      report(`${path}.${key}.pattern`, 'The pattern is not a regular expression.')
    }
  }
}

function checkBounds(column: Column, path: string, report: Report): void {
  for (const key of ['filters', 'validators'] as const) {
    const { min, max } = column[key] ?? {}
    if (typeof min === 'number' && typeof max === 'number' && min > max) {
      report(`${path}.${key}.min`, `Nothing is at least ${min} and at most ${max}: min must not be above max.`)
    }
  }
  const size = column.list_size
  if (!size) return
  if (!isList(column)) report(`${path}.list_size`, 'Only a list has a size.')
  if (size.min !== null && size.max !== null && size.min > size.max) {
    report(`${path}.list_size.min`, `No list has at least ${size.min} and at most ${size.max} values.`)
  }
}

function checkView(column: Column, path: string, report: Report): void {
  if (!column.view) return
  if (path !== 'schema.0') report(`${path}.view`, 'The views of a table stand with its column id.')
  else if (!isObjectText(column.view))
    report(`${path}.view`, 'The views of a table are an object as XanoScript says it.')
}

function isPattern(source: string): boolean {
  try {
    compilePattern(source)
    return true
  } catch {
    return false
  }
}

function checkChildren(column: Column, path: string, report: Report): void {
  const children = column.children ?? []
  if (children.length === 0) return
  const prefix = `${path}.children`
  if (column.type !== 'object') {
    report(prefix, 'Only an object has children.')
    return
  }
  if (path.split('.children').length > OBJECT_DEPTH_MAX) {
    report(prefix, `Objects are nested at most ${OBJECT_DEPTH_MAX} levels deep.`)
    return
  }
  checkDistinct(children, prefix, report)
  for (const [at, child] of children.entries()) {
    const childPath = `${prefix}.${at}`
    checkColumn(child, childPath, report)
    if (isReference(child)) {
      report(
        `${childPath}.tableref_id`,
        'A field inside an object cannot refer to a table; PostgreSQL could not keep it true.',
      )
    }
    if (child.type === 'password') {
      report(`${childPath}.type`, 'A password needs a column of its own; inside an object it would be readable.')
    }
  }
}

function checkDefault(column: Column, path: string, report: Report): void {
  if (!hasDefault(column)) return
  if (path === 'schema.0') {
    report(`${path}.default`, 'The column id gives itself its values and takes no default.')
    return
  }
  try {
    givenDefault(column, new Date())
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    report(`${path}.default`, `The default does not fit the column: it ${error.reason}.`)
  }
}

function checkReference(
  column: Column,
  path: string,
  input: DefinitionInput,
  tables: readonly KnownTable[],
  report: Report,
): void {
  if (!isReference(column)) return
  const target =
    column.tableref_id === input.id && input.id !== undefined
      ? { name: input.name, columns: [...input.columns] }
      : tables.find((table) => table.id === column.tableref_id)
  if (target === undefined) {
    report(`${path}.tableref_id`, `There is no table with the id ${column.tableref_id} in this workspace.`)
    return
  }
  const wanted = idType(target)
  if (column.type === wanted) return
  const words = hasForeignKey(column) ? 'a reference to it' : 'a list of references to it'
  report(`${path}.type`, `The table "${target.name}" has ${wanted} ids, so ${words} must be of type ${wanted}.`)
}
