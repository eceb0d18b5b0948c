import type { Column, ColumnFilters, FilterStep } from '#api/contract/columns.ts'
import { isLiteral, type TableField } from '#xanoscript/table-field.ts'

import { isList, isStoredAsJson } from '../tables/column-type.ts'
import { normalOrder, stepsOf } from '../tables/filter-order.ts'

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
    list: column.style === 'list' ? (column.list_size ?? { min: null, max: null }) : null,
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
  if (isSaidAsJson(column, text)) return { kind: 'json', text }
  return { kind: LITERAL_TYPES.has(column.type) && isLiteral(text) ? 'literal' : 'text', text }
}

/** True for lists and objects; other JSON is printed as the text that it is stored as. */
function isSaidAsJson(column: Column, text: string): boolean {
  if (!isList(column) && column.type !== 'vector' && !isStoredAsJson(column)) return false
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

function filtersOf(filters: ColumnFilters | null | undefined): TableField['filters'] {
  return stepsOf(filters ?? {}).map((step) => {
    if (typeof step !== 'string') return { name: `!${step.off}`, args: step.args }
    const rule = filters?.[step]
    return { name: step, args: rule === true ? [] : [String(rule)] }
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
    ...listSizeOf(field.list),
    tableref_id: referenceOf(field, tableIds),
    ...(field.values === null ? {} : { values: field.values }),
    ...(field.size === null ? {} : { vector: { size: field.size } }),
    ...(field.children === null ? {} : { children: field.children.map((child) => columnOf(child, tableIds)) }),
    filters: rulesOf(field.filters),
  }
}

/** Nothing for a list of any length, as columns are stored. */
function listSizeOf(list: TableField['list']): Pick<Column, 'list_size'> {
  return list === null || (list.min === null && list.max === null) ? {} : { list_size: list }
}

/** The table of `table = "name"`, or of the older link by id, `filters=@:dbo=12`. */
function referenceOf({ table, filters }: TableField, tableIds: ReadonlyMap<string, number>): number | null {
  // A name without an id is kept as an id that no table has, for validation to find.
  if (table !== null) return tableIds.get(table.toLowerCase()) ?? Number.MAX_SAFE_INTEGER
  const link = filters.find(({ name }) => name === '@')?.args[0]
  return link === undefined ? null : Number(link.replace('dbo=', ''))
}

function rulesOf(filters: TableField['filters']): Record<string, unknown> | null {
  const steps = filters.filter(({ name }) => name !== '@')
  if (steps.length === 0) return null
  const rules = Object.fromEntries(
    steps.filter(({ name }) => !isOff(name)).map(({ name, args }) => [name, ruleOf(name, args[0])]),
  )
  const order = steps.map(({ name, args }) => (isOff(name) ? { off: name.slice(1), args } : name))
  const normal = normalOrder({ ...rules, order: order as FilterStep[] })
  return { ...rules, ...(normal === undefined ? {} : { order: normal }) }
}

function isOff(name: string): boolean {
  return name.startsWith('!')
}

function ruleOf(name: string, argument = ''): unknown {
  if (FLAG_FILTERS.has(name)) return true
  // Without digits it is no number, which validation names; Number('') would be 0.
  return NUMBER_FILTERS.has(name) ? Number(argument || Number.NaN) : argument
}
