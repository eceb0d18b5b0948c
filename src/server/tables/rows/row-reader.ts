import type { Column } from '#api/contract/columns.ts'
import type { FieldIssue } from '#api/contract/errors.ts'

import { invalidInputs } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'
import { BadValue } from '../values/bad-value.ts'
import { prepareField } from '../values/convert.ts'
import { fallbackValue } from '../values/default-value.ts'

/** Values by column, converted; null where a column is to be empty. */
export type RowValues = Record<string, unknown>

/** Refusals of one request at most: a bulk of wrong rows must not become an answer of megabytes. */
const ISSUES_MAX = 50

/**
 * Reads the rows of a request for one table. Refusals are gathered and `finish` throws them together; one too many of
 * them is thrown at once, by whatever finds it: whoever sends more faults than that knows enough.
 */
export interface RowReader {
  /** A new row: what is not sent gets the column's default. `prefix` names the row in a bulk: `items.17`. */
  readNew(body: Record<string, unknown>, prefix?: string): RowValues
  /** Changes to a row: only what is sent. `prefix` as above: `items.17.updates`. */
  readChanges(body: Record<string, unknown>, prefix?: string): RowValues
  /** Notes a refusal that the caller found. */
  refuse(issue: FieldIssue): void
  finish(): void
}

const path = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`)

interface Field {
  column: Column
  convert: (value: unknown) => unknown
}

/** Prepares the columns of a table once, for any number of rows. `id` is not among them: it is the caller's. */
export function createRowReader(definition: TableDefinition, now: Date): RowReader {
  const fields = definition.columns.slice(1).map((column): Field => ({ column, convert: prepareField(column, now) }))
  const names = new Set(['id', ...fields.map(({ column }) => column.name)])
  const fallbacks = new Map<Column, unknown>()
  const issues: FieldIssue[] = []

  const finish = (): void => {
    const [first, ...rest] = issues
    if (first !== undefined) throw invalidInputs([first, ...rest])
  }
  const refuse = (issue: FieldIssue): void => {
    const isLast = issues.length === ISSUES_MAX - 1
    issues.push(isLast ? { ...issue, message: `${issue.message} (checking ended here: there may be more)` } : issue)
    if (isLast) finish()
  }
  const read = ({ column, convert }: Field, value: unknown, prefix: string): unknown => {
    try {
      return convert(value)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      refuse(error.toIssue(path(prefix, column.name)))
      return undefined
    }
  }
  const refuseUnknown = (body: Record<string, unknown>, prefix: string): void => {
    for (const name of Object.keys(body)) {
      if (names.has(name)) continue
      const param = path(prefix, name)
      refuse({ param, message: `Unknown param: ${param}. The table "${definition.name}" has no such column.` })
    }
  }
  const fallbackOf = (column: Column): unknown => {
    if (!fallbacks.has(column)) fallbacks.set(column, fallbackValue(column, now))
    return fallbacks.get(column)
  }

  return {
    refuse,
    readNew(body, prefix = '') {
      refuseUnknown(body, prefix)
      const values: RowValues = {}
      for (const field of fields) {
        const sent = sentValue(body, field.column.name)
        const value = read(field, sent, prefix)
        values[field.column.name] = value ?? (sent === undefined ? fallbackOf(field.column) : null)
      }
      return values
    },
    readChanges(body, prefix = '') {
      refuseUnknown(body, prefix)
      const values: RowValues = {}
      for (const field of fields) {
        const value = sentValue(body, field.column.name)
        if (value !== undefined) values[field.column.name] = read(field, value, prefix)
      }
      return values
    },
    finish,
  }
}

/** Own properties only: a column may be named like something every object has. */
function sentValue(body: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined
}
