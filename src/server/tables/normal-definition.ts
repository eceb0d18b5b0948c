import { randomBytes } from 'node:crypto'

import { type Column, type ColumnFilters, type ColumnType, type Index, SPATIAL_OP } from '#api/contract/columns.ts'

import { VECTOR_SIZE_DEFAULT } from './column-type.ts'
import { normalOrder } from './filter-order.ts'
import { defaultText } from './values/default-value.ts'

/** Types whose documentation says "nullable by default", beside references. */
const NULLABLE_TYPES = new Set<ColumnType>([
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
])

const INDEX_ID = /^[0-9a-f]{8}$/

/** Columns of a table that is created without a schema. */
export const FIRST_COLUMNS: readonly Column[] = [
  { name: 'id', type: 'int' },
  { name: 'created_at', type: 'timestamp', default: 'now' },
]

/** The rules of `filters` and `validators`, two documented names of one thing; null where there are none. */
function normalFilters(column: Column): ColumnFilters | null {
  const { order: _order, ...rules } = { ...column.validators, ...column.filters }
  const order = normalOrder({ ...column.validators, ...column.filters })
  const said = Object.entries({ ...rules, order }).filter(([, rule]) => rule !== undefined && rule !== null)
  return said.length === 0 ? null : (Object.fromEntries(said) as ColumnFilters)
}

const SETTINGS = {
  description: '',
  required: false,
  access: 'public',
  sensitive: false,
  style: 'single',
} as const satisfies Partial<Column>

/** What only some types have. */
function typeSettings(column: Column): Partial<Column> {
  if (column.type === 'text') return { format: column.format ?? '' }
  if (column.type === 'enum') return { values: column.values ?? [] }
  if (column.type === 'vector') return { vector: { size: column.vector?.size ?? VECTOR_SIZE_DEFAULT } }
  return column.type === 'object' ? { children: normalColumns(column.children ?? []) } : {}
}

/** A column with every setting said, as it is stored. */
function normalColumn(column: Column): Column {
  const { name, type, description, required, access, sensitive, style } = column
  const tableId = column.tableref_id ?? null
  return {
    name,
    type,
    ...SETTINGS,
    ...withoutUndefined({ description, required, access, sensitive, style }),
    nullable: column.nullable ?? (tableId !== null || NULLABLE_TYPES.has(type)),
    default: defaultText(column.default),
    format: null,
    tableref_id: tableId,
    ...typeSettings(column),
    filters: normalFilters(column),
    ...normalListSize(column),
    ...(column.view ? { view: column.view } : {}),
  }
}

/** Nothing where a list may have any number of values. */
function normalListSize({ list_size: size }: Column): Pick<Column, 'list_size'> {
  return size === null || size === undefined || (size.min === null && size.max === null) ? {} : { list_size: size }
}

function withoutUndefined(settings: Partial<Column>): Partial<Column> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** Columns with every setting said. Doing it twice changes nothing. */
export function normalColumns(columns: readonly Column[]): Column[] {
  return columns.map(normalColumn)
}

function indexShape(index: Index): string {
  const fields = index.fields.map((field) => [field.name, field.op ?? '', field.priority ?? 0])
  return JSON.stringify([index.type, fields, index.name ?? '', index.lang ?? ''])
}

type IndexField = Index['fields'][number]

/** `op` as it is stored; undefined where the kind can do without. */
function normalOp(type: Index['type'], given: string | undefined): string | undefined {
  switch (type) {
    case 'search':
      return given
    case 'gin':
      // The language's reference spells it without its s.
      return given === 'jsonb_path_op' ? 'jsonb_path_ops' : given
    case 'spatial':
      return SPATIAL_OP
    case 'vector':
      return given ?? 'vector_cosine_ops'
    case 'primary':
    case 'btree':
    case 'unique':
      return given === 'desc' ? 'desc' : 'asc'
  }
}

function normalField(type: Index['type'], field: IndexField): IndexField {
  const op = normalOp(type, field.op === '' ? undefined : field.op)
  return {
    name: field.name,
    ...(op === undefined ? {} : { op }),
    ...(type === 'search' && field.priority !== undefined ? { priority: field.priority } : {}),
  }
}

function normalIndex(index: Index, id: string): Index {
  return {
    id,
    type: index.type,
    ...(index.name === undefined ? {} : { name: index.name }),
    ...(index.type === 'search' ? { lang: index.lang ?? 'simple' } : {}),
    fields: index.fields.map((field) => normalField(index.type, field)),
  }
}

/**
 * Indexes with an id each and without the primary one, which is implied. One sent without its id that is the same as
 * one of `previous` is that one: it keeps its id, and nothing is built anew.
 */
export function normalIndexes(indexes: readonly Index[], previous: readonly Index[] = []): Index[] {
  const taken = new Set(indexes.map((index) => index.id).filter((id) => id !== undefined))
  const free = new Map<string, string[]>()
  for (const { id, ...shape } of previous) {
    if (id === undefined || taken.has(id)) continue
    const ids = free.get(indexShape(shape)) ?? []
    free.set(indexShape(shape), [...ids, id])
  }
  return indexes
    .filter((index) => index.type !== 'primary')
    .map((index) => {
      if (index.id !== undefined && INDEX_ID.test(index.id)) return normalIndex(index, index.id)
      const shaped = normalIndex(index, '')
      return normalIndex(index, free.get(indexShape(shaped))?.shift() ?? newIndexId())
    })
}

/** Eight hexadecimal digits, the form of index ids in the Metadata API. */
export function newIndexId(): string {
  return randomBytes(4).toString('hex')
}
