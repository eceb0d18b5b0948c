import type pg from 'pg'

import type { Call } from '#api/client/call.ts'
import type { Column, Index } from '#api/contract/columns.ts'
import { createTable } from '#api/contract/tables.ts'

export const BIG_ROWS = 1_000_000
/** So many different values `code` has: each stands in 50 rows. */
export const CODES = 20_000

/** One column of most kinds, as tables have them. */
export const MIXED_COLUMNS: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'created_at', type: 'timestamp', default: 'now' },
  { name: 'title', type: 'text' },
  { name: 'email', type: 'email' },
  { name: 'price', type: 'decimal' },
  { name: 'code', type: 'int' },
  { name: 'active', type: 'bool' },
  { name: 'state', type: 'enum', values: ['draft', 'live', 'void'] },
  { name: 'note', type: 'text', nullable: true },
]

export const MIXED_INDEXES: Index[] = [{ type: 'btree', fields: [{ name: 'code', op: 'asc' }] }]

export interface BigTable {
  params: { workspace_id: number; table_id: number }
  /** Schema and name, quoted as SQL needs it. */
  sqlName: string
}

/** A table of mixed columns, made through the API. */
export async function createMixedTable(call: Call, workspace_id: number, name: string): Promise<BigTable> {
  const { id } = await call(createTable, {
    params: { workspace_id },
    body: { name, schema: MIXED_COLUMNS, index: MIXED_INDEXES },
  })
  return { params: { workspace_id, table_id: id }, sqlName: `w${workspace_id}_live.${name}` }
}

/** Fills the table by SQL and tidies it up, as autovacuum would in time. */
export async function fillBigTable(client: pg.Client, { sqlName }: BigTable): Promise<void> {
  await client.query(`
    insert into ${sqlName} (created_at, title, email, price, code, active, state, note)
    select timestamptz '2026-01-01 00:00:00Z' + n * interval '7 s', 'Title of the row ' || n, 'person' || n || '@example.com',
      (n % 100000) / 100.0, (n * 7919::bigint) % ${CODES}, n % 3 = 0, (array['draft', 'live', 'void'])[1 + n % 3],
      case when n % 4 = 0 then null else 'A note that says a little about row ' || n end
    from generate_series(1, ${BIG_ROWS}) as n`)
  await client.query(`vacuum (analyze) ${sqlName}`)
}

/** Rows for bulk operations, as a caller sends them. */
export function mixedRows(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, n) => ({
    created_at: 1_767_225_600_000 + n * 7_000,
    title: `Title of the row ${n}`,
    email: `person${n}@example.com`,
    price: (n % 100_000) / 100,
    code: (n * 7_919) % CODES,
    active: n % 3 === 0,
    state: ['draft', 'live', 'void'][n % 3],
    note: n % 4 === 0 ? null : `A note that says a little about row ${n}`,
  }))
}
