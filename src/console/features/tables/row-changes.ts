import type { Column } from '#api/contract/columns.ts'
import type { Row } from '#api/contract/content.ts'

import { type FieldInput, fromInput, toInput, UNSET } from './row-input.ts'

export const isSameInput = (a: FieldInput, b: FieldInput): boolean =>
  a.isNull === b.isNull && (a.isNull || a.text === b.text)

export const countChanged = (before: readonly FieldInput[], after: readonly FieldInput[]): number =>
  after.filter((input, index) => !isSameInput(before[index] ?? input, input)).length

/** The inputs a row form starts with. A new row starts unset, so that the server fills in what nobody typed. */
export function initialInputs(columns: readonly Column[], row: Row | undefined): FieldInput[] {
  return columns.map((column) => (row === undefined ? UNSET : toInput(column, row[column.name])))
}

/**
 * What is to be sent: the fields whose input differs from the one they started with. An untouched input is never read
 * back, so nothing is lost to the form of an input (fractions of a second, long numbers).
 */
export function changedFields(
  columns: readonly Column[],
  before: readonly FieldInput[],
  after: readonly FieldInput[],
): Row {
  const changes: Row = {}
  for (const [index, column] of columns.entries()) {
    const input = after[index]
    if (input === undefined || isSameInput(before[index] ?? UNSET, input)) continue
    const parsed = fromInput(column, input)
    if (parsed.ok) changes[column.name] = parsed.value
  }
  return changes
}

/** What is wrong with the changed fields, by their place; a new row also lacks what is required and has no default. */
export function inputProblems(
  columns: readonly Column[],
  before: readonly FieldInput[],
  after: readonly FieldInput[],
  isNew: boolean,
): Map<number, string> {
  const problems = new Map<number, string>()
  for (const [index, column] of columns.entries()) {
    const input = after[index] ?? UNSET
    if (isSameInput(before[index] ?? UNSET, input)) {
      if (isNew && isMissing(column)) problems.set(index, 'This column needs a value')
      continue
    }
    const parsed = fromInput(column, input)
    if (!parsed.ok) problems.set(index, parsed.message)
  }
  return problems
}

function isMissing(column: Column): boolean {
  return column.required === true && defaultText(column) === undefined
}

/** What the server puts into a column that is left out; nothing when it has no default. */
export function defaultText({ default: value }: Column): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value)
}
