import { type RawBuilder, sql } from 'kysely'

import type { Index } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { BadChange, nameRefusal } from './alter-error.ts'
import { checkSql, columnSql } from './column-sql.ts'
import { hasForeignKey } from './column-type.ts'
import { asDatabaseError } from './database-error.ts'
import type { KnownTable, TableDefinition } from './definition.ts'
import { requireExtension } from './extensions.ts'
import { indexSql } from './index-sql.ts'
import { isNominal } from './nominal-index.ts'
import { checkName, foreignKeyName, indexName, primaryKeyName } from './object-names.ts'

type Named = Pick<TableDefinition, 'name'>

/** The physical table of a definition, quoted: `"w12_live"."orders"`. */
export function tableSql(schema: string, table: Named): RawBuilder<unknown> {
  return sql.id(schema, table.name)
}

/**
 * Creates the table with typed columns, defaults, NOT NULL and CHECKs and nothing else: ready for COPY in the same
 * transaction. `completeTables` adds keys and indexes once the rows are in.
 */
export async function createBareTable(trx: Db, schema: string, definition: TableDefinition): Promise<void> {
  const parts = definition.columns.map((column, at) => columnSql(column, at === 0))
  for (const column of definition.columns) {
    const check = checkSql(column)
    if (check !== undefined) parts.push(sql`constraint ${sql.id(checkName(definition, column))} check (${check})`)
  }
  await sql`create table ${tableSql(schema, definition)} (${sql.join(parts)})`.execute(trx)
}

/**
 * Adds what `createBareTable` leaves out: primary keys, indexes, then foreign keys. `targets` are the tables that
 * references may point to, these ones unless more are given. A reference gets no index by itself: it would cost
 * every write, many references are never searched by, and an index that nobody asked for would be in no definition.
 */
export async function completeTables(
  trx: Db,
  schema: string,
  definitions: readonly TableDefinition[],
  targets: readonly KnownTable[] = definitions,
): Promise<void> {
  for (const definition of definitions) {
    await sql`alter table ${tableSql(schema, definition)}
      add constraint ${sql.id(primaryKeyName(definition))} primary key (id)`.execute(trx)
    for (const [at, index] of definition.indexes.entries()) {
      await nameRefusal(`index.${at}`, () => createIndex(trx, schema, definition, index))
    }
  }
  for (const definition of definitions) await addForeignKeys(trx, schema, definition, targets)
}

/** SQLSTATE of an operator class or index method that an extension of an early version does not bring along. */
const UNDEFINED_OBJECT = '42704'

/** Builds one index over the rows that are there, unless there is nothing to build. Throws `BadChange` where the server lacks an extension for it. */
export async function createIndex(trx: Db, schema: string, definition: TableDefinition, index: Index): Promise<void> {
  if (isNominal(index, definition.columns)) return
  const extension = await requireExtension(trx, index.type)
  try {
    await indexSql(schema, definition, index, extension).execute(trx)
  } catch (error) {
    if (extension === undefined || asDatabaseError(error)?.code !== UNDEFINED_OBJECT) throw error
    throw new BadChange(
      'type',
      `The database server's version of the extension for a ${index.type} index is too old: update it there, or leave this index out.`,
    )
  }
}

/** Drops one index. */
export async function dropIndex(trx: Db, schema: string, definition: TableDefinition, index: Index): Promise<void> {
  await sql`drop index if exists ${sql.id(schema, indexName(definition, index))}`.execute(trx)
}

/** Adds the foreign keys of a table: of all its references, or of the named columns. */
export async function addForeignKeys(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  targets: readonly KnownTable[],
  only?: ReadonlySet<string>,
): Promise<void> {
  for (const column of definition.columns) {
    if (!hasForeignKey(column) || only?.has(column.name) === false) continue
    const target = targets.find((table) => table.id === column.tableref_id)
    if (target === undefined) continue
    await sql`alter table ${tableSql(schema, definition)}
      add constraint ${sql.id(foreignKeyName(definition, column))} foreign key (${sql.id(column.name)})
      references ${tableSql(schema, target)} (id) deferrable initially immediate`.execute(trx)
  }
}

/** Drops the table with its rows. Fails while another table refers to it. */
export async function dropTable(trx: Db, schema: string, definition: Named): Promise<void> {
  await sql`drop table if exists ${tableSql(schema, definition)}`.execute(trx)
}

export { readNextId, setNextId } from './id-counter.ts'
