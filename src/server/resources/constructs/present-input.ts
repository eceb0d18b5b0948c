import type { ConstructInput } from '#api/contract/construct-fields.ts'
import type { FieldDefault, TableField } from '#xanoscript/table-field.ts'

/** An input as the API answers it. */
export function toInput(field: TableField): ConstructInput {
  return {
    name: field.name,
    type: field.type,
    description: field.description ?? '',
    nullable: field.nullable,
    required: !field.optional,
    default: field.default === null ? null : toDefault(field.default),
    style: field.list === null ? 'single' : 'list',
    sensitive: field.sensitive ?? false,
    ...(field.values === null ? {} : { values: field.values }),
    ...(field.table === null ? {} : { table: field.table }),
    ...(field.children === null ? {} : { children: field.children.map(toInput) }),
  }
}

function toDefault({ kind, text }: FieldDefault): ConstructInput['default'] {
  if (kind !== 'literal' || text === 'now') return text
  if (text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  // A 64-bit number that JSON numbers cannot hold stays text.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}
