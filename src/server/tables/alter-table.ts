import { type RawBuilder, sql } from 'kysely'

import type { Column, Index } from '#api/contract/columns.ts'

import type { Db } from '../db/connection.ts'
import { addColumn, alterColumn, isSamePhysically } from './alter-column.ts'
import { explainDdl } from './alter-error.ts'
import { checkSql } from './column-sql.ts'
import { hasForeignKey, sqlType } from './column-type.ts'
import { addForeignKeys, createIndex, dropIndex, tableSql } from './ddl.ts'
import type { KnownTable, TableDefinition } from './definition.ts'
import { dropFields } from './drop-fields.ts'
import { requireFittingObjects } from './object-change.ts'
import { checkName, foreignKeyName } from './object-names.ts'

interface Kept {
  from: Column
  to: Column
  /** Position in the new schema, for messages. */
  at: number
}

/** Columns that stay, but for the id. */
function keptColumns(before: TableDefinition, after: TableDefinition): Kept[] {
  return after.columns.flatMap((to, at) => {
    const from = before.columns.find((column) => column.name === to.name)
    return from === undefined || at === 0 ? [] : [{ from, to, at }]
  })
}

/** True where an index on the column must be built anew. The size of a vector is part of its index. */
function isOtherToIndexes({ from, to }: Kept): boolean {
  return sqlType(from) !== sqlType(to) || from.vector?.size !== to.vector?.size
}

const hasName = (columns: readonly Column[], name: string): boolean => columns.some((column) => column.name === name)

function isSameIndex(a: Index, b: Index): boolean {
  return JSON.stringify([a.type, a.fields, a.lang]) === JSON.stringify([b.type, b.fields, b.lang])
}

/**
 * Brings the physical table from `before` to `after`: drops what is gone, converts and adds the rest, keeps rows. The
 * name is the same in both (`renameTable` first). Throws 400 naming the field where rows stand in the way.
 */
export async function alterTable(
  trx: Db,
  schema: string,
  before: TableDefinition,
  after: TableDefinition,
  targets: readonly KnownTable[],
): Promise<void> {
  const staying = keptColumns(before, after)
  const changed = staying.filter(({ from, to }) => !isSamePhysically(from, to))
  const touched = new Set(changed.filter(isOtherToIndexes).map(({ to }) => to.name))
  const isKept = (index: Index, others: readonly Index[]): boolean =>
    others.some((other) => other.id === index.id && isSameIndex(index, other)) &&
    index.fields.every((field) => !touched.has(field.name) && hasName(before.columns, field.name))
  for (const index of before.indexes) {
    if (!isKept(index, after.indexes)) await dropIndex(trx, schema, before, index)
  }
  await dropColumns(trx, schema, before, after)
  for (const { from, to, at } of staying) {
    if (from.type !== 'object' || to.type !== 'object') continue
    await explainDdl(after, `schema.${at}`, () => requireFittingObjects(trx, schema, after, from, to))
    await dropFields(trx, schema, after, from, to)
  }
  for (const kept of changed) await changeColumn(trx, schema, before, after, kept)
  const added = new Set<string>()
  for (const [at, column] of after.columns.entries()) {
    if (hasName(before.columns, column.name)) continue
    added.add(column.name)
    await explainDdl(after, `schema.${at}`, () => addColumn(trx, schema, after, column))
  }
  await addReferences(
    trx,
    schema,
    after,
    targets,
    new Set([...added, ...changed.filter(needsForeignKey).map(({ to }) => to.name)]),
  )
  for (const [at, index] of after.indexes.entries()) {
    if (isKept(index, before.indexes)) continue
    await explainDdl(after, `index.${at}`, () => createIndex(trx, schema, after, index))
  }
}

function needsForeignKey({ from, to }: Kept): boolean {
  return hasForeignKey(to) && !(hasForeignKey(from) && from.tableref_id === to.tableref_id)
}

async function dropColumns(trx: Db, schema: string, before: TableDefinition, after: TableDefinition): Promise<void> {
  for (const column of before.columns) {
    if (hasName(after.columns, column.name)) continue
    await sql`alter table ${tableSql(schema, after)} drop column ${sql.id(column.name)}`.execute(trx)
  }
}

async function changeColumn(
  trx: Db,
  schema: string,
  before: TableDefinition,
  after: TableDefinition,
  { from, to, at }: Kept,
): Promise<void> {
  const alter = async (action: RawBuilder<unknown>): Promise<void> => {
    await sql`alter table ${tableSql(schema, after)} ${action}`.execute(trx)
  }
  await explainDdl(after, `schema.${at}`, async () => {
    if (checkSql(from) !== undefined) await alter(sql`drop constraint ${sql.id(checkName(before, from))}`)
    if (hasForeignKey(from) && (!hasForeignKey(to) || from.tableref_id !== to.tableref_id)) {
      await alter(sql`drop constraint ${sql.id(foreignKeyName(before, from))}`)
    }
    await alterColumn(trx, schema, after, from, to)
    const check = checkSql(to)
    if (check !== undefined) await alter(sql`add constraint ${sql.id(checkName(after, to))} check (${check})`)
  })
}

async function addReferences(
  trx: Db,
  schema: string,
  after: TableDefinition,
  targets: readonly KnownTable[],
  names: ReadonlySet<string>,
): Promise<void> {
  for (const [at, column] of after.columns.entries()) {
    if (!names.has(column.name)) continue
    await explainDdl(after, `schema.${at}`, () => addForeignKeys(trx, schema, after, targets, new Set([column.name])))
  }
}
