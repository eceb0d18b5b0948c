import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { sql } from 'kysely'
import pg from 'pg'

import { type Column, COLUMN_TYPES, type Index } from '#api/contract/columns.ts'

import type { Connection } from '../db/connection.ts'
import { insertWorkspace, schemaName } from '../db/workspace.ts'
import { newCanonical, newGuid } from '../ids.ts'
import { completeTables, createBareTable } from '../tables/ddl.ts'
import { insertDefinition, listDefinitions, updateDefinition } from '../tables/definition-store.ts'
import type { TableDefinition } from '../tables/definition.ts'
import { normalColumns, normalIndexes } from '../tables/normal-definition.ts'
import type { ArchiveSource } from './envelope.ts'
import { writeArchive, type WriteRequest } from './write.ts'

/** For tests: a workspace that has a bit of everything, and ways to compare workspaces. */

export interface TestTable {
  name: string
  columns: (Column & { table?: string })[]
  indexes?: Index[]
  docs?: string
  description?: string
}

const ID: Column = { name: 'id', type: 'int' }

/** Makes a workspace with these tables; `table` of a column names the table it refers to. */
export async function makeWorkspace(connection: Connection, name: string, tables: TestTable[]): Promise<number> {
  const now = new Date()
  return connection.db.transaction().execute(async (trx) => {
    const { id } = await insertWorkspace(trx, { name, description: `About ${name}` }, now)
    const inserted: TableDefinition[] = []
    for (const table of tables) {
      const columns = normalColumns(table.columns.map(({ table: _target, ...column }) => column))
      const indexes = normalIndexes(table.indexes ?? [])
      const { docs, description } = table
      const input = {
        name: table.name,
        columns,
        indexes,
        ...(docs === undefined ? {} : { docs }),
        ...(description === undefined ? {} : { description }),
      }
      inserted.push(await insertDefinition(trx, id, input, now))
    }
    const definitions = await Promise.all(
      inserted.map((definition, at) => {
        const columns = definition.columns.map((column) => {
          const target = tables[at]?.columns.find((one) => one.name === column.name)?.table
          const tableref_id = inserted.find((other) => other.name === target)?.id ?? null
          return { ...column, tableref_id, nullable: tableref_id === null ? column.nullable : true }
        })
        return updateDefinition(trx, definition, { columns }, now)
      }),
    )
    const schema = schemaName(id, 'live')
    for (const definition of definitions) await createBareTable(trx, schema, definition)
    await completeTables(trx, schema, definitions)
    return id
  })
}

/** Adds an API group to the live branch. */
export async function addGroup(
  connection: Connection,
  workspaceId: number,
  name: string,
  canonical = newCanonical(),
): Promise<void> {
  const now = new Date()
  const branch = await connection.db
    .selectFrom('branch')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('live', '=', true)
    .executeTakeFirstOrThrow()
  const texts = { description: 'two\nlines', docs: '# Docs\n"quoted"' }
  await connection.db
    .insertInto('api_group')
    .values({
      ...texts,
      workspace_id: workspaceId,
      branch_id: branch.id,
      name,
      guid: newGuid(),
      canonical,
      swagger: false,
      tag: JSON.stringify(['a', 'b c']),
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** Every column type once, single, nullable and as a list where that is possible. */
export function everyColumn(): Column[] {
  const settings = (type: Column['type']): Partial<Column> => {
    if (type === 'enum') return { values: ['new', 'in work', 'it\'s "done"'] }
    if (type === 'vector') return { vector: { size: 2 } }
    if (type === 'object')
      return { children: [{ name: 'inner text', type: 'text', format: 'markdown', required: true }] }
    return {}
  }
  const columns = COLUMN_TYPES.flatMap((type) => [
    { name: `a_${type}`, type, nullable: true, ...settings(type) },
    { name: `list of ${type}`, type, nullable: true, style: 'list' as const, ...settings(type) },
  ])
  return [ID, ...columns]
}

/** The workspace of the round trip tests: odd names, odd values, cycles. */
export async function makeOddWorkspace(connection: Connection): Promise<number> {
  const id = await makeWorkspace(connection, 'Odd "shop"', [
    { name: 'every type', columns: everyColumn(), docs: '# Every type\n', description: 'line\nline' },
    {
      name: 'Übung ☕',
      columns: [
        ID,
        { name: 'text', type: 'text', nullable: true, filters: { trim: true, min: 1, pattern: '^[a-z]{1,}|"x" {2}$' } },
        { name: 'other', type: 'int', table: 'b/c\\d' },
        { name: 'self', type: 'int', table: 'Übung ☕' },
      ],
      indexes: [{ type: 'btree', fields: [{ name: 'text', op: 'desc' }, { name: 'id' }] }],
    },
    {
      name: 'b/c\\d',
      columns: [
        ID,
        { name: 'back', type: 'int', table: 'Übung ☕' },
        { name: 'tags', type: 'text', style: 'list', nullable: true },
      ],
    },
    {
      name: 'con',
      columns: [
        { name: 'id', type: 'uuid' },
        { name: 'code', type: 'text', required: true, access: 'private', sensitive: true, format: 'yaml' },
      ],
      indexes: [{ type: 'unique', fields: [{ name: 'code' }] }],
    },
    { name: 'refers', columns: [ID, { name: 'con_id', type: 'uuid', table: 'con' }] },
    { name: 'empty', columns: [ID, { name: 'at', type: 'timestamp', default: 'now' }] },
  ])
  await addGroup(connection, id, 'Public')
  await addGroup(connection, id, 'a/b "c"')
  await fillOddRows(connection.pool, schemaName(id, 'live'))
  return id
}

async function fillOddRows(pool: pg.Pool, schema: string): Promise<void> {
  const table = (name: string): string => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
  const json = JSON.stringify({ a: [1, null, 'x"y'], ü: '\n' })
  const values: Record<string, string> = {
    int: '9223372036854775807',
    decimal: '12345678901234567890.000000000123456789',
    bool: 'true',
    uuid: '0b5d4a3e-8f7c-4a61-9d9e-0c3d2f1a0b9c',
    timestamp: '2024-02-29 23:59:59.123+00',
    date: '0001-01-01',
    enum: 'it\'s "done"',
    vector: '{0.1,-3.4028235e38}',
  }
  const texts = new Set(['text', 'email', 'password'])
  for (const column of everyColumn().slice(1)) {
    const isText = texts.has(column.type)
    const single = values[column.type] ?? (isText ? 'a "b", c\\n\n\r\t☕ \\.' : json)
    const list = values[column.type] === undefined && !isText ? `[${json}]` : [single, isText ? '' : single]
    const value =
      column.type === 'vector' && column.style === 'list' ? '[[1,2],[3,4]]' : column.style === 'list' ? list : single
    await pool.query(`insert into ${table('every type')} (${pg.escapeIdentifier(column.name)}) values ($1), (null)`, [
      value,
    ])
  }
  await pool.query(`insert into ${table('every type')} (a_text) values (''), (','), ('"'), ('\\.'), (E'\\n'), ('NULL')`)
  await pool.query(`insert into ${table('Übung ☕')} (id, text) select n, repeat('x', n) from generate_series(1, 50) n`)
  await pool.query(
    `insert into ${table('b/c\\d')} (id, back, tags) values (7, 3, '{"a,b","","\\"q\\""}'), (8, null, null)`,
  )
  await pool.query(`update ${table('Übung ☕')} set other = 7, self = 51 - id`)
  await pool.query(`insert into ${table('con')} (code) values ('x'), ('y')`)
  await pool.query(`insert into ${table('refers')} (con_id) select id from ${table('con')}`)
}

/** Everything a person could notice about a workspace, ids of tables aside: two that are equal have the same print. */
export async function fingerprint(connection: Connection, workspaceId: number): Promise<Record<string, unknown>> {
  const { db, pool } = connection
  const definitions = await listDefinitions(db, workspaceId)
  const names = new Map(definitions.map(({ id, name }) => [id, name]))
  const schema = schemaName(workspaceId, 'live')
  const rows: Record<string, unknown> = {}
  for (const { name } of definitions) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
    const found = await pool.query<{ text: string }>(`select t::text as text from ${table} t order by t::text`)
    const sequence = await pool.query<{ next: string | null }>(`select pg_get_serial_sequence($1, 'id') as next`, [
      table,
    ])
    const counter = sequence.rows[0]?.next
    const next = counter == null ? null : (await pool.query(`select last_value, is_called from ${counter}`)).rows[0]
    const hash = createHash('sha256')
      .update(found.rows.map(({ text }) => text).join('\n'))
      .digest('hex')
    rows[name] = { count: found.rows.length, hash, next: nextOf(next) }
  }
  const objects = await pool.query(
    `select pg_get_indexdef(indexrelid) as def from pg_index where indrelid in (select oid from pg_class where relnamespace = $1::regnamespace)
     union all select pg_get_constraintdef(oid) from pg_constraint where connamespace = $1::regnamespace order by 1`,
    [pg.escapeIdentifier(schema)],
  )
  const groups = await db
    .selectFrom('api_group')
    .select(['name', 'description', 'docs', 'guid', 'swagger', 'tag'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .execute()
  const workspace = await db
    .selectFrom('workspace')
    .select(['description', 'swagger', 'documentation', 'preferences'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return {
    workspace,
    groups,
    rows,
    objects: objects.rows
      .map(({ def }: { def: string }) => def.replaceAll(/w\d+_live/g, 'w').replaceAll(/_[0-9a-f]{8}_/g, '_#_'))
      .toSorted(),
    definitions: definitions.map(({ name, description, docs, auth, guid, tag, columns, indexes, autocomplete }) => ({
      name,
      description,
      docs,
      auth,
      guid,
      tag,
      indexes,
      autocomplete,
      columns: columns.map((column) => ({ ...column, tableref_id: names.get(column.tableref_id ?? -1) ?? null })),
    })),
  }
}

function nextOf(row: unknown): number | null {
  const counter = row as { last_value: number; is_called: boolean } | null | undefined
  return counter == null ? null : counter.last_value + (counter.is_called ? 1 : 0)
}

/** Schemas that hold user tables; nothing may be left over in them. */
export async function userSchemas(connection: Connection): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname ~ '^w[0-9]' order by 1`.execute(connection.db)
  return rows.map(({ name }) => name)
}

/** Writes an archive into memory. */
export async function archiveOf(
  connection: Connection,
  workspaceId: number,
  request: Partial<WriteRequest> = {},
): Promise<Buffer> {
  const { stream } = await writeArchive(connection, {
    workspaceId,
    branch: '',
    password: '',
    includesRows: true,
    version: '1.2.3',
    now: new Date(),
    ...request,
  })
  return buffer(stream)
}

/** An archive in memory as a source, in chunks of this size. */
export function sourceOf(bytes: Buffer, chunkBytes = 65_536): ArchiveSource {
  return {
    open: () =>
      Promise.resolve(
        Readable.from(
          (function* () {
            for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
          })(),
          { objectMode: false },
        ),
      ),
  }
}
