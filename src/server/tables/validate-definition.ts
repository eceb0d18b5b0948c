import type { FieldIssue } from '#api/contract/errors.ts'

import { invalidInputs } from '../errors.ts'
import type { DefinitionInput, KnownTable, Report } from './definition.ts'
import { checkColumns } from './validate-columns.ts'
import { checkIndexes } from './validate-indexes.ts'
import { checkIdentifier } from './validate-name.ts'

/**
 * Checks a definition against itself and the other tables of the workspace. Throws 400 naming every refused field
 * (`schema.2.name`, `index.0.fields.1.name`). The archive reader relies on it: nothing of a definition is trusted.
 * `tables` are all tables that there will be, so that references among new ones are found.
 */
export function checkDefinition(input: DefinitionInput, tables: readonly KnownTable[]): void {
  const issues: FieldIssue[] = []
  const report = (param: string, message: string): void => void issues.push({ param, message })
  checkTableName(input, tables, report)
  checkColumns(input, tables, report)
  checkIndexes(input, report)
  for (const [at, { name }] of (input.autocomplete ?? []).entries()) {
    if (!input.columns.some((column) => column.name === name)) {
      report(`autocomplete.${at}.name`, `There is no column named "${name}".`)
    }
  }
  const [first, ...rest] = issues
  if (first !== undefined) throw invalidInputs([first, ...rest])
}

function checkTableName(input: DefinitionInput, tables: readonly KnownTable[], report: Report): void {
  const problem = checkIdentifier(input.name)
  if (problem !== undefined) report('name', problem)
  const lower = input.name.toLowerCase()
  if (tables.some((table) => table.id !== input.id && table.name.toLowerCase() === lower)) {
    report('name', `A table named "${input.name}" already exists in this workspace. Choose another name.`)
  }
}
