import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { isList, isStoredAsJson, sqlType } from './column-type.ts'

type Kind = 'int' | 'decimal' | 'text' | 'bool' | 'uuid' | 'timestamp' | 'date' | 'json' | 'vector'

function kindOf(column: Column): Kind {
  if (isStoredAsJson(column)) return 'json'
  if (column.type === 'email' || column.type === 'enum' || column.type === 'password') return 'text'
  return column.type as Kind
}

type Expression = RawBuilder<unknown>
type Convert = (value: Expression) => Expression

const MS = (value: Expression): Expression => sql`round(extract(epoch from ${value}) * 1000)::bigint`
const ISO = (value: Expression): Expression =>
  sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Conversions that are more than writing the value as text and reading it back. */
const SPECIAL: Record<string, Convert> = {
  // Reading the text back refuses a fraction, where a cast would round it away.
  'decimal>int': (value) => sql`trim_scale(${value})::text::bigint`,
  'int>bool': (value) => sql`(${value} <> 0)`,
  'bool>int': (value) => sql`${value}::int::bigint`,
  'bool>decimal': (value) => sql`${value}::int::numeric`,
  'int>timestamp': (value) => sql`to_timestamp(${value} / 1000.0)`,
  'timestamp>int': MS,
  'timestamp>decimal': (value) => sql`${MS(value)}::numeric`,
  'timestamp>text': ISO,
  'timestamp>date': (value) => sql`(${value} at time zone 'UTC')::date`,
  'date>timestamp': (value) => sql`(${value}::timestamp at time zone 'UTC')`,
  'timestamp>json': (value) => sql`to_jsonb(${MS(value)})`,
  'json>text': (value) => sql`${value} #>> '{}'`,
}

/** Pairs that PostgreSQL would convert into something nobody meant, or not at all. */
const SENSELESS = new Set(['date>int', 'int>date', 'decimal>date', 'decimal>timestamp', 'decimal>bool', 'date>bool'])

function convertScalar(from: Kind, to: Kind, target: string, value: Expression): Expression | undefined {
  const pair = `${from}>${to}`
  const special = SPECIAL[pair]
  if (special !== undefined) return special(value)
  if (from === to) return value
  if (from === 'vector' || to === 'vector' || from === 'json' || SENSELESS.has(pair)) return undefined
  if (to === 'json') return sql`to_jsonb(${value})`
  if (to === 'text') return sql`${value}::text`
  return from === 'text'
    ? sql`nullif(btrim(${value}), '')::${sql.raw(target)}`
    : sql`${value}::text::${sql.raw(target)}`
}

function convertList(from: Column, to: Column, value: Expression): Expression | undefined {
  const [fromKind, toKind] = [kindOf(from), kindOf(to)]
  if (toKind === 'json' && fromKind !== 'json') return sql`to_jsonb(${value})`
  if (fromKind === toKind) return value
  if (toKind === 'text') return sql`${value}::text[]`
  return fromKind === 'text' && toKind !== 'timestamp' ? sql`${value}::${sql.raw(sqlType(to))}` : undefined
}

function convertFromList(from: Column, to: Column): Expression | undefined {
  const value = sql.id(from.name)
  if (!isList(to)) return to.type === 'json' ? sql`to_jsonb(${value})` : undefined
  const isSameOrFree = to.type === 'json' || from.type === to.type || !isStoredAsJson(to)
  return isSameOrFree ? convertList(from, to, value) : undefined
}

function convertIntoList(from: Column, to: Column): Expression | undefined {
  const value = sql.id(from.name)
  const single: Column = { ...to, style: 'single' }
  const item = convertScalar(kindOf(from), kindOf(single), sqlType(single), value)
  if (item === undefined) return undefined
  const list = isStoredAsJson(to) ? sql`jsonb_build_array(${item})` : sql`array[${item}]`
  return sql`case when ${value} is not null then ${list} end`
}

/**
 * The SQL that turns the values of a column into those of its new type. Undefined where no value can be turned: such a
 * change is only possible while the column is empty.
 */
export function conversionSql(from: Column, to: Column): RawBuilder<unknown> | undefined {
  if (isList(from)) return convertFromList(from, to)
  // Files, shapes and objects have a form that values of other types do not have.
  if (to.type !== from.type && isStoredAsJson(to) && to.type !== 'json') return undefined
  return isList(to)
    ? convertIntoList(from, to)
    : convertScalar(kindOf(from), kindOf(to), sqlType(to), sql.id(from.name))
}
