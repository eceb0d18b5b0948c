import { sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { BadChange } from './alter-error.ts'
import { checkSql, columnSql, defaultSql } from './column-sql.ts'
import { isNotNull, sqlType } from './column-type.ts'
import type { TableDefinition } from './definition.ts'
import { checkName } from './object-names.ts'
import { conversionSql } from './type-change.ts'

/** What PostgreSQL knows of a column. Two columns with the same shape need no DDL between them. */
function physicalShape(column: Column): string {
  return JSON.stringify([
    column.type,
    column.style ?? 'single',
    isNotNull(column),
    column.default ?? '',
    column.type === 'enum' ? column.values : null,
    column.type === 'vector' ? column.vector : null,
    column.tableref_id ?? null,
    column.list_size ?? null,
    column.list_size ? column.required : null,
  ])
}

/** True where going from one column to the other changes nothing in PostgreSQL. */
export function isSamePhysically(from: Column, to: Column): boolean {
  return physicalShape(from) === physicalShape(to)
}

/** Adds a column with its check. Rows that are there get its default. */
export async function addColumn(trx: Db, schema: string, definition: TableDefinition, column: Column): Promise<void> {
  const table = sql.id(schema, definition.name)
  const check = checkSql(column)
  await sql`alter table ${table} add column ${columnSql(column, false)}${
    check === undefined ? sql`` : sql` constraint ${sql.id(checkName(definition, column))} check (${check})`
  }`.execute(trx)
}

/** Converts a column in place: type, default, NOT NULL. Checks and references are the caller's. */
export async function alterColumn(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  from: Column,
  to: Column,
): Promise<void> {
  const table = sql.id(schema, definition.name)
  const name = sql.id(to.name)
  await sql`alter table ${table} alter column ${name} drop default, alter column ${name} drop not null`.execute(trx)
  await convertType(trx, schema, definition, from, to)
  const value = defaultSql(to)
  if (value !== undefined) await sql`alter table ${table} alter column ${name} set default ${value}`.execute(trx)
  if (!isNotNull(to)) return
  if (value !== undefined) await sql`update ${table} set ${name} = ${value} where ${name} is null`.execute(trx)
  await sql`alter table ${table} alter column ${name} set not null`.execute(trx)
}

async function convertType(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  from: Column,
  to: Column,
): Promise<void> {
  if (from.type === to.type && from.style === to.style) return
  const table = sql.id(schema, definition.name)
  const name = sql.id(to.name)
  const isPassword = from.type === 'password' || to.type === 'password'
  const conversion = isPassword ? undefined : conversionSql(from, to)
  if (conversion === undefined) {
    const found = await sql`select 1 from ${table} where ${name} is not null limit 1`.execute(trx)
    if (found.rows.length > 0) {
      throw new BadChange(
        'type',
        `The rows of "${to.name}" cannot be turned from ${typeWords(from)} into ${typeWords(to)}. Add a new column instead.`,
      )
    }
  }
  await sql`alter table ${table} alter column ${name} type ${sql.raw(sqlType(to))}
    using ${conversion ?? sql`null::${sql.raw(sqlType(to))}`}`.execute(trx)
}

function typeWords(column: Column): string {
  return column.style === 'list' ? `a list of ${column.type}` : column.type
}
