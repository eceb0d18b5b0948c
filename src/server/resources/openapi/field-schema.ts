import type { FieldFilter } from '#xanoscript/ast.ts'
import type { TableField } from '#xanoscript/table-field.ts'

import { defaultOf } from './default-value.ts'
import type { Schema } from './schema.ts'

const EPOCH_MS = 'Epoch milliseconds'

const SCALARS: Record<string, Schema> = {
  int: { type: 'integer', format: 'int64' },
  decimal: { type: 'number', format: 'double' },
  bool: { type: 'boolean' },
  text: { type: 'string' },
  email: { type: 'string', format: 'email' },
  password: { type: 'string', format: 'password' },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'integer', format: 'int64', description: EPOCH_MS },
  file: { type: 'string', format: 'binary' },
  image: storedFile(),
  video: storedFile(),
  audio: storedFile(),
  attachment: storedFile(),
}

/** What is known of a stored file; `path` says which one it is. */
function storedFile(): Schema {
  const text: Schema = { type: 'string' }
  return {
    type: 'object',
    properties: {
      access: { type: 'string', enum: ['public', 'private'] },
      path: text,
      name: text,
      type: text,
      size: { type: 'integer', format: 'int64' },
      mime: text,
      meta: { type: 'object' },
    },
  }
}

/** How deep the lists around the points of a geometry are nested (`tables/values/geo.ts`). */
const GEO_DEPTH: Record<string, number> = {
  geo_point: 0,
  geo_multipoint: 1,
  geo_linestring: 1,
  geo_multilinestring: 2,
  geo_polygon: 2,
  geo_multipolygon: 3,
}

/** The schema of an input. A type that is not known takes anything. */
export function fieldSchema(field: TableField): Schema {
  const single = { ...typeSchema(field), ...bounds(field) }
  const schema: Schema = field.list === null ? single : listSchema(single, field.list)
  if (field.nullable && schema.type !== undefined) {
    schema.nullable = true
    if (schema.enum !== undefined) schema.enum = [...schema.enum, null]
  }
  const description = [field.description, single.description].filter(Boolean).join('. ')
  if (description !== '') schema.description = description
  const value = defaultOf(field, schema)
  return value === undefined ? schema : { ...schema, default: value }
}

function typeSchema(field: TableField): Schema {
  const depth = GEO_DEPTH[field.type]
  if (depth !== undefined) return geoSchema(field.type, depth)
  if (field.type === 'enum')
    return { type: 'string', ...(field.values?.length ? { enum: [...new Set(field.values)] } : {}) }
  if (field.type === 'object') return objectSchema(field.children ?? [])
  if (field.type === 'vector') return vectorSchema(field.size)
  return { ...SCALARS[field.type] }
}

/** The schema of several inputs together. */
export function objectSchema(fields: readonly TableField[]): Schema {
  const required = fields.filter(({ optional }) => !optional).map(({ name }) => name)
  return {
    type: 'object',
    ...(fields.length === 0
      ? {}
      : { properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])) }),
    // An empty list of required names is not valid.
    ...(required.length === 0 ? {} : { required }),
  }
}

function vectorSchema(size: number | null): Schema {
  return { type: 'array', items: { type: 'number' }, ...(size === null ? {} : { minItems: size, maxItems: size }) }
}

function geoSchema(type: string, depth: number): Schema {
  const degrees = (limit: number): Schema => ({ type: 'number', minimum: -limit, maximum: limit })
  let data: Schema = {
    type: 'object',
    properties: { lng: degrees(180), lat: degrees(90) },
    required: ['lng', 'lat'],
  }
  for (let level = 0; level < depth; level += 1) data = { type: 'array', items: data }
  return {
    type: 'object',
    properties: { type: { type: 'string', enum: [type.slice('geo_'.length)] }, data },
    required: ['type', 'data'],
  }
}

function listSchema(items: Schema, range: { min: number | null; max: number | null }): Schema {
  const { description: _description, ...item } = items
  return {
    type: 'array',
    items: item,
    ...(range.min === null ? {} : { minItems: range.min }),
    ...(range.max === null ? {} : { maxItems: range.max }),
  }
}

/** `min` and `max` bound the value of a number and the length of a text; other filters have no counterpart. */
function bounds({ type, filters }: TableField): Schema {
  const min = boundOf(filters, 'min')
  const max = boundOf(filters, 'max')
  if (type === 'int' || type === 'decimal') {
    return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) }
  }
  if (type !== 'text' && type !== 'password') return {}
  return { ...lengthBound('minLength', min), ...lengthBound('maxLength', max) }
}

function lengthBound(key: 'minLength' | 'maxLength', value: number | undefined): Schema {
  return value !== undefined && Number.isInteger(value) && value >= 0 ? { [key]: value } : {}
}

function boundOf(filters: readonly FieldFilter[], name: string): number | undefined {
  const text = filters.find((filter) => filter.name === name)?.args[0]
  const value = Number(text ?? Number.NaN)
  return Number.isFinite(value) && text !== '' ? value : undefined
}
