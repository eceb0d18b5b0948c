import { z } from 'zod'

import { list } from './list.ts'
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

export const ColumnFormat = z.enum(['', 'plaintext', 'yaml', 'html', 'xml', 'markdown'])

/**
 * Filters in their usual order: what changes a value, then what judges it. The pattern comes last, where XanoScript
 * writes it without quotes.
 */
export const FILTER_NAMES = [
  'trim',
  'lower',
  'upper',
  'min',
  'max',
  'startsWith',
  'prevent',
  'ok',
  'alphaOk',
  'digitOk',
  'salt',
  'minAlpha',
  'minLowerAlpha',
  'minUpperAlpha',
  'minDigit',
  'minSymbol',
  'pattern',
] as const

/**
 * A filter where it stands among the others: its name, or a filter that is switched off (`!min:1` in XanoScript) with
 * its arguments.
 */
const FilterStep = z.union([
  z.enum(FILTER_NAMES),
  z.strictObject({ off: z.string().regex(/^(?:@|[A-Za-z_]\w*)$/), args: list(z.string()) }),
])
export type FilterStep = z.infer<typeof FilterStep>

/**
 * Input filters of a column, as the per-type add routes document them, and what XanoScript says beyond: `prevent`, a
 * text that must not be in the value, and `order`, where the filters run in another order than their usual one.
 */
export const ColumnFilters = z.strictObject({
  trim: z.boolean().nullish(),
  lower: z.boolean().nullish(),
  upper: z.boolean().nullish(),
  min: z.number().int().nullish(),
  max: z.number().int().nullish(),
  startsWith: z.string().nullish(),
  prevent: z.string().nullish(),
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
  order: list(FilterStep).max(100).nullish(),
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
  /** How many values a list may have (`int[1:5]` in XanoScript); an empty one is fine where none is required. */
  list_size?: z.infer<typeof ListSize> | null | undefined
  format?: z.infer<typeof ColumnFormat> | null | undefined
  tableref_id?: number | null | undefined
  values?: string[] | undefined
  vector?: { size: number } | undefined
  children?: Column[] | undefined
  filters?: ColumnFilters | null | undefined
  validators?: ColumnFilters | null | undefined
  /**
   * The saved views of the table, as a XanoScript document says them. They stand with the column `id`, which every
   * table has, and have no effect on requests. Left out they stay, null takes them away.
   */
  view?: string | null | undefined
}

const Length = z.number().int().min(0).max(1_000_000_000).nullable()
const ListSize = z.strictObject({ min: Length, max: Length })

/** Settings that a column of every type has. `access` says who sees its values; a list holds several of its type. */
export const columnSettings = {
  name: Identifier,
  description: z.string().max(10_000).optional(),
  nullable: z.boolean().optional(),
  required: z.boolean().optional(),
  access: z.enum(['public', 'private', 'internal']).optional(),
  sensitive: z.boolean().optional(),
  style: z.enum(['single', 'list']).optional(),
}

const toText = (value: unknown): string => JSON.stringify(value)

/** Any JSON value; lists and objects become the text in which defaults are stored. */
export const ColumnDefault = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    list(z.unknown()).transform(toText),
    z.record(z.string(), z.unknown()).transform(toText),
  ])
  .nullish()

export const TableRefId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const VectorSettings = z.strictObject({ size: z.number().int().min(1).max(16_000).default(3) })

/** Levels of `children` below a column. Bounded, so that no body can exhaust what reads it. */
export const OBJECT_DEPTH_MAX = 10

function columnSchema(levelsBelow: number): z.ZodType<Column> {
  const children: z.ZodType<Column[]> =
    levelsBelow === 0
      ? z.array(z.custom<Column>()).max(0, `Objects are nested at most ${OBJECT_DEPTH_MAX} levels deep`)
      : list(z.lazy(() => columnSchema(levelsBelow - 1)))
  return z.strictObject({
    ...columnSettings,
    type: ColumnType,
    default: ColumnDefault,
    format: ColumnFormat.nullish(),
    tableref_id: TableRefId.nullish(),
    values: list(z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
    vector: VectorSettings.optional(),
    children: children.optional(),
    filters: ColumnFilters.nullish(),
    validators: ColumnFilters.nullish(),
    list_size: ListSize.nullish(),
    view: z.string().max(100_000).nullish(),
  })
}

export const Column: z.ZodType<Column> = columnSchema(OBJECT_DEPTH_MAX)

/** `gin` comes from exported documents; the OpenAPI file knows the others. */
export const INDEX_TYPES = ['primary', 'btree', 'unique', 'gin', 'search', 'spatial', 'vector'] as const

/** Languages of a search index: text search configurations that every PostgreSQL brings along. */
export const SEARCH_LANGUAGES = [
  'simple',
  'arabic',
  'danish',
  'dutch',
  'english',
  'finnish',
  'french',
  'german',
  'hungarian',
  'indonesian',
  'irish',
  'italian',
  'lithuanian',
  'nepali',
  'norwegian',
  'portuguese',
  'romanian',
  'russian',
  'spanish',
  'swedish',
  'tamil',
  'turkish',
] as const

/** Operator classes of a vector index: inner product, cosine, taxicab and straight-line distance. */
export const VECTOR_OPS = ['vector_ip_ops', 'vector_cosine_ops', 'vector_l1_ops', 'vector_l2_ops'] as const

/** The operator class of a spatial index. */
export const SPATIAL_OP = 'gist_geometry_ops_2d'

export const IndexField = z.strictObject({
  name: z.string().min(1),
  /** `asc` or `desc`; the weight A to D in a search index; an operator class in the kinds that have one. */
  op: z.string().optional(),
  priority: z.number().int().optional(),
})

const someFields = 'An index needs a column'

export const Index = z.strictObject({
  /** Short text such as `baa524c4`; given by the server. */
  id: z.string().optional(),
  /** `btree|unique` is how exported documents spell `unique`. */
  type: z.union([z.enum(INDEX_TYPES), z.literal('btree|unique').transform(() => 'unique' as const)]),
  fields: list(IndexField).min(1, someFields),
  name: z.string().optional(),
  lang: z.string().optional(),
})
export type Index = z.infer<typeof Index>

/** An index to add: its fields may be bare names of columns. */
export const NewIndex = Index.omit({ id: true }).extend({
  fields: list(
    z.union([
      IndexField,
      z
        .string()
        .min(1)
        .transform((name): z.infer<typeof IndexField> => ({ name })),
    ]),
  ).min(1, someFields),
})
