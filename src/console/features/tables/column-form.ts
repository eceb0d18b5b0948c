import { z } from 'zod'

import { type Column, ColumnType } from '#api/contract/columns.ts'
import { Identifier } from '#api/contract/names.ts'
import { type CreateTable } from '#api/contract/tables.ts'

import { columnKind } from './column-kind.ts'
import { fromInput } from './row-input.ts'

/** A column as the form holds it: the same names as in the API, so that a refused field is found again. */
const ColumnFields = z.object({
  name: Identifier,
  type: ColumnType,
  nullable: z.boolean(),
  required: z.boolean(),
  style: z.enum(['single', 'list']),
  default: z.string(),
  /** Values of an enum, separated by commas. */
  values: z.string(),
  /** Holds ids of another table's rows; the type is then that table's type of id. */
  isReference: z.boolean(),
  /** Id of that table, as the choosing control holds it. */
  tableref_id: z.string(),
  /** Numbers in a vector. */
  size: z.number().int().min(1).max(16_000).nullable(),
})
export type ColumnForm = z.infer<typeof ColumnFields>

export const ColumnForm = ColumnFields.superRefine((form, context) => {
  const refuse = (path: keyof ColumnForm, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message })
  if (form.type === 'enum' && splitValues(form.values).length === 0) refuse('values', 'Give at least one value')
  if (form.type === 'vector' && form.size === null) refuse('size', 'Give the number of dimensions')
  if (form.isReference && form.tableref_id === '') refuse('tableref_id', 'Choose a table')
  const problem = defaultProblem(form)
  if (problem !== undefined) refuse('default', problem)
})

export const COLUMN_START: ColumnForm = {
  name: '',
  type: 'text',
  nullable: false,
  required: false,
  style: 'single',
  default: '',
  values: '',
  isReference: false,
  tableref_id: '',
  size: null,
}

export const TableForm = z
  .object({
    name: Identifier,
    description: z.string().max(10_000, 'At most 10,000 characters'),
    auth: z.boolean(),
    schema: z.array(ColumnForm),
  })
  .superRefine(({ schema }, context) => {
    const seen = new Set<string>()
    for (const [index, { name }] of schema.entries()) {
      if (seen.has(name))
        context.addIssue({ code: 'custom', path: ['schema', index, 'name'], message: 'Another column has this name' })
      seen.add(name)
    }
  })
export type TableForm = z.infer<typeof TableForm>

/** Every table has its key first; `created_at` is offered and may be removed. */
export const TABLE_START: TableForm = {
  name: '',
  description: '',
  auth: false,
  schema: [
    { ...COLUMN_START, name: 'id', type: 'int' },
    { ...COLUMN_START, name: 'created_at', type: 'timestamp', default: 'now' },
  ],
}

export function splitValues(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,\n]/)
        .map((value) => value.trim())
        .filter(Boolean),
    ),
  ]
}

function defaultProblem(form: ColumnForm): string | undefined {
  if (form.default === '' || (form.default === 'now' && ['moment', 'day'].includes(columnKind(form)))) return undefined
  const parsed = fromInput(
    { name: form.name, type: form.type, style: form.style, values: splitValues(form.values) },
    { text: form.default, isNull: false },
  )
  return parsed.ok ? undefined : parsed.message
}

/** Only what was chosen is sent, so that the server's own defaults stand. */
export function toColumn(form: ColumnForm): Column {
  return {
    name: form.name.trim(),
    type: form.type,
    ...(form.nullable && { nullable: true }),
    ...(form.required && { required: true }),
    ...(form.style === 'list' && { style: 'list' as const }),
    ...(form.default !== '' && { default: form.default }),
    ...(form.type === 'enum' && { values: splitValues(form.values) }),
    ...(form.isReference && form.tableref_id !== '' && { tableref_id: Number(form.tableref_id) }),
    ...(form.type === 'vector' && form.size !== null && { vector: { size: form.size } }),
  }
}

export function toCreateTable(form: TableForm): CreateTable {
  return {
    name: form.name,
    description: form.description,
    auth: form.auth,
    schema: form.schema.map(toColumn),
  }
}
