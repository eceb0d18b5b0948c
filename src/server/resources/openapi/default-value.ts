import type { TableField } from '#xanoscript/table-field.ts'

import type { Schema } from './schema.ts'

/**
 * The default of an input as its schema takes it; undefined where there is none, and where it is worked out at the
 * time of the call (`now`, an expression) or does not fit the type: a default must conform to its schema.
 */
export function defaultOf(field: TableField, schema: Schema): unknown {
  const value = field.default
  if (value === null || value.kind === 'expression') return undefined
  if (value.kind === 'literal' && value.text === 'null') return schema.nullable === true ? null : undefined
  return READERS[schema.type ?? 'object']?.(value.text, schema)
}

type Reader = (text: string, schema: Schema) => unknown

const READERS: Partial<Record<NonNullable<Schema['type']>, Reader>> = {
  integer: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  number: (text) => (/^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  string: (text, schema) => {
    if (schema.enum !== undefined) return schema.enum.includes(text) ? text : undefined
    // An address, a date or an id would have to be checked; a file and a password have none.
    return schema.format === undefined && fitsLength(text, schema) ? text : undefined
  },
}

function fitsLength(text: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema): boolean {
  const characters = Array.from(text).length
  return characters >= minLength && characters <= maxLength
}
