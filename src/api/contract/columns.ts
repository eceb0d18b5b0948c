import { z } from 'zod'

import { Identifier } from './names.ts'

/** Column types of the Metadata API (`ColumnType` in the OpenAPI file). */
export const COLUMN_TYPES = [
  'int',
  'decimal',
  'text',
  'bool',
  'email',
  'password',
  'uuid',
  'timestamp',
  'date',
  'json',
  'enum',
  'object',
  'vector',
  'image',
  'video',
  'audio',
  'attachment',
  'geo_point',
  'geo_multipoint',
  'geo_linestring',
  'geo_multilinestring',
  'geo_polygon',
  'geo_multipolygon',
] as const
export const ColumnType = z.enum(COLUMN_TYPES)
export type ColumnType = z.infer<typeof ColumnType>

const Access = z.enum(['public', 'private', 'internal'])
const Style = z.enum(['single', 'list'])
const Format = z.enum(['', 'plaintext', 'yaml', 'html', 'xml', 'markdown'])

/** Input filters of a column, as the per-type add routes document them. */
export const ColumnFilters = z.strictObject({
  trim: z.boolean().nullish(),
  lower: z.boolean().nullish(),
  upper: z.boolean().nullish(),
  min: z.number().int().nullish(),
  max: z.number().int().nullish(),
  startsWith: z.string().nullish(),
  alphaOk: z.boolean().nullish(),
  digitOk: z.boolean().nullish(),
  pattern: z.string().nullish(),
  ok: z.string().nullish(),
  salt: z.string().nullish(),
  minAlpha: z.number().int().nullish(),
  minLowerAlpha: z.number().int().nullish(),
  minUpperAlpha: z.number().int().nullish(),
  minDigit: z.number().int().nullish(),
  minSymbol: z.number().int().nullish(),
})
export type ColumnFilters = z.infer<typeof ColumnFilters>

/**
 * One column as the API takes and answers it. `default` is text in the documentation and a typed value in clients:
 * both are taken, text is stored. `tableref_id` is the id of the table an `int` or `uuid` column refers to.
 */
export interface Column {
  name: string
  type: ColumnType
  description?: string | undefined
  nullable?: boolean | undefined
  default?: string | number | boolean | null | undefined
  required?: boolean | undefined
  access?: 'public' | 'private' | 'internal' | undefined
  sensitive?: boolean | undefined
  style?: 'single' | 'list' | undefined
  format?: z.infer<typeof Format> | null | undefined
  tableref_id?: number | null | undefined
  values?: string[] | undefined
  vector?: { size: number } | undefined
  children?: Column[] | undefined
  filters?: ColumnFilters | null | undefined
  validators?: ColumnFilters | null | undefined
}

/** Levels of `children` below a column. Bounded, so that no body can exhaust what reads it. */
export const OBJECT_DEPTH_MAX = 10

function columnSchema(levelsBelow: number): z.ZodType<Column> {
  const children: z.ZodType<Column[]> =
    levelsBelow === 0
      ? z.array(z.custom<Column>()).max(0, `Objects are nested at most ${OBJECT_DEPTH_MAX} levels deep`)
      : z.array(z.lazy(() => columnSchema(levelsBelow - 1)))
  return z.strictObject({
    name: Identifier,
    type: ColumnType,
    description: z.string().max(10_000).optional(),
    nullable: z.boolean().optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    required: z.boolean().optional(),
    access: Access.optional(),
    sensitive: z.boolean().optional(),
    style: Style.optional(),
    format: Format.nullish(),
    tableref_id: z.number().int().positive().nullish(),
    values: z.array(z.coerce.string()).optional(),
    vector: z.strictObject({ size: z.number().int().min(1).max(16_000).default(3) }).optional(),
    children: children.optional(),
    filters: ColumnFilters.nullish(),
    validators: ColumnFilters.nullish(),
  })
}

export const Column: z.ZodType<Column> = columnSchema(OBJECT_DEPTH_MAX)

export const INDEX_TYPES = ['primary', 'btree', 'unique', 'search', 'spatial', 'vector'] as const

export const IndexField = z.strictObject({
  name: z.string().min(1),
  /** `asc` or `desc`; an operator class for spatial and vector indexes. */
  op: z.string().optional(),
  priority: z.number().int().optional(),
})

export const Index = z.strictObject({
  /** Short text such as `baa524c4`; given by the server. */
  id: z.string().optional(),
  /** `btree|unique` is how exported documents spell `unique`. */
  type: z.union([z.enum(INDEX_TYPES), z.literal('btree|unique').transform(() => 'unique' as const)]),
  fields: z.array(IndexField).min(1, 'An index needs a column'),
  name: z.string().optional(),
  lang: z.string().optional(),
})
export type Index = z.infer<typeof Index>
