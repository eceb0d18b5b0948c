import type { Column } from '#api/contract/columns.ts'
import type { FieldIssue } from '#api/contract/errors.ts'

import { invalidInputs } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'
import { BadValue } from '../values/bad-value.ts'
import { convertField } from '../values/convert.ts'
import { fallbackValue } from '../values/default-value.ts'

/** Values by column, converted; null where a column is to be empty. */
export type RowValues = Record<string, unknown>

/** Refusals of one request at most: a bulk of wrong rows must not become an answer of megabytes. */
const ISSUES_MAX = 50

/** Reads the rows of a request for one table. All refusals are gathered; `finish` throws them together. */
export interface RowReader {
  /** A new row: what is not sent gets the column's default. `prefix` names the row in a bulk: `items.17`. */
  readNew(body: Record<string, unknown>, prefix?: string): RowValues
  /** Changes to a row: only what is sent. */
  readChanges(body: Record<string, unknown>): RowValues
  /** Notes a refusal that the caller found. */
  refuse(issue: FieldIssue): void
  finish(): void
}

const path = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`)

/** Prepares the columns of a table once, for any number of rows. `id` is not among them: it is the caller's. */
export function createRowReader(definition: TableDefinition, now: Date): RowReader {
  const columns = new Map(definition.columns.slice(1).map((column) => [column.name, column]))
  const fallbacks = new Map<string, unknown>()
  const issues: FieldIssue[] = []

  const refuse = (issue: FieldIssue): void => {
    if (issues.length < ISSUES_MAX) issues.push(issue)
  }
  const read = (column: Column, value: unknown, prefix: string): unknown => {
    try {
      return convertField(column, value, now)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      refuse(error.toIssue(path(prefix, column.name)))
      return undefined
    }
  }
  const refuseUnknown = (body: Record<string, unknown>, prefix: string): void => {
    for (const name of Object.keys(body)) {
      if (name === 'id' || columns.has(name)) continue
      const param = path(prefix, name)
      refuse({ param, message: `Unknown param: ${param}. The table "${definition.name}" has no such column.` })
    }
  }
  const fallbackOf = (column: Column): unknown => {
    if (!fallbacks.has(column.name)) fallbacks.set(column.name, fallbackValue(column, now))
    return fallbacks.get(column.name)
  }

  return {
    refuse,
    readNew(body, prefix = '') {
      refuseUnknown(body, prefix)
      const values: RowValues = {}
      for (const column of columns.values()) {
        const sent = sentValue(body, column.name)
        values[column.name] = read(column, sent, prefix) ?? (sent === undefined ? fallbackOf(column) : null)
      }
      return values
    },
    readChanges(body) {
      refuseUnknown(body, '')
      const values: RowValues = {}
      for (const column of columns.values()) {
        const value = sentValue(body, column.name)
        if (value !== undefined) values[column.name] = read(column, value, '')
      }
      return values
    },
    finish() {
      const [first, ...rest] = issues
      if (first !== undefined) throw invalidInputs([first, ...rest])
    },
  }
}

/** Own properties only: a column may be named like something every object has. */
function sentValue(body: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined
}
