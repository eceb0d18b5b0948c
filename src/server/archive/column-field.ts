import type { Column, ColumnFilters } from '#api/contract/columns.ts'
import { isLiteral, type TableField } from '#xanoscript/table-field.ts'

/** Types whose defaults stand without quotes where the text allows it. */
const LITERAL_TYPES = new Set(['int', 'decimal', 'bool', 'timestamp', 'date'])

/** Filters that take a number; the others take text or nothing. */
const NUMBER_FILTERS = new Set<string>([
  'min',
  'max',
  'minAlpha',
  'minLowerAlpha',
  'minUpperAlpha',
  'minDigit',
  'minSymbol',
])
const FLAG_FILTERS = new Set<string>(['trim', 'lower', 'upper', 'alphaOk', 'digitOk'])

/** A column as a field of XanoScript. `tableNames` gives the name behind a `tableref_id`. */
export function fieldOf(column: Column, tableNames: ReadonlyMap<number, string>): TableField {
  return {
    name: column.name,
    type: column.type,
    list: column.style === 'list' ? { min: null, max: null } : null,
    nullable: isSet(column.nullable),
    optional: !isSet(column.required),
    default: defaultOf(column),
    filters: filtersOf(column.filters),
    description: orNull(column.description ?? ''),
    sensitive: isSet(column.sensitive) ? true : null,
    table: tableNames.get(column.tableref_id ?? -1) ?? null,
    values: column.values ?? null,
    size: column.vector?.size ?? null,
    visibility: visibilityOf(column),
    children: column.children?.map((child) => fieldOf(child, tableNames)) ?? null,
  }
}

function isSet(flag: boolean | undefined): boolean {
  return flag ?? false
}

/** Public is what a field is that says nothing. */
function visibilityOf({ access }: Column): string | null {
  return access === undefined || access === 'public' ? null : access
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}

function defaultOf(column: Column): TableField['default'] {
  const text = String(column.default ?? '')
  if (text === '') return null
  return { kind: LITERAL_TYPES.has(column.type) && isLiteral(text) ? 'literal' : 'text', text }
}

function filtersOf(filters: ColumnFilters | null | undefined): TableField['filters'] {
  return Object.entries(filters ?? {}).flatMap(([name, rule]) => {
    if (typeof rule === 'number' || typeof rule === 'string') return [{ name, args: [String(rule)] }]
    return rule === true ? [{ name, args: [] }] : []
  })
}

/** The column that a field describes. `tableIds` gives the id of a table by its name in lower case. */
export function columnOf(field: TableField, tableIds: ReadonlyMap<string, number>): Record<string, unknown> {
  return {
    name: field.name,
    type: field.type,
    description: field.description ?? '',
    nullable: field.nullable,
    default: field.default?.text ?? '',
    required: !field.optional,
    access: field.visibility ?? 'public',
    sensitive: field.sensitive ?? false,
    style: field.list === null ? 'single' : 'list',
    // A name without an id is kept as an id that no table has, for validation to find.
    tableref_id: field.table === null ? null : (tableIds.get(field.table.toLowerCase()) ?? Number.MAX_SAFE_INTEGER),
    ...(field.values === null ? {} : { values: field.values }),
    ...(field.size === null ? {} : { vector: { size: field.size } }),
    ...(field.children === null ? {} : { children: field.children.map((child) => columnOf(child, tableIds)) }),
    filters: rulesOf(field.filters),
  }
}

function rulesOf(filters: TableField['filters']): Record<string, unknown> | null {
  if (filters.length === 0) return null
  return Object.fromEntries(
    filters.map(({ name, args }) => {
      if (FLAG_FILTERS.has(name)) return [name, true]
      return [name, NUMBER_FILTERS.has(name) ? Number(args[0]) : (args[0] ?? '')]
    }),
  )
}
