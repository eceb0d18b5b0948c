import type pg from 'pg'

import type { Call } from '#api/client/call.ts'
import type { Column } from '#api/contract/columns.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

const CUSTOMERS = 500_000
const ORDERS = 1_500_000

const CUSTOMER_COLUMNS: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'created_at', type: 'timestamp' },
  { name: 'name', type: 'text' },
  { name: 'email', type: 'email' },
  { name: 'key', type: 'uuid' },
]

const ORDER_COLUMNS: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'created_at', type: 'timestamp' },
  { name: 'customer_id', type: 'int', nullable: true },
  { name: 'title', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'bool' },
  { name: 'state', type: 'enum', values: ['draft', 'live', 'void'] },
  { name: 'note', type: 'text', nullable: true },
  { name: 'meta', type: 'json', nullable: true },
]

/** A workspace of two tables, 2,000,000 rows, 283 MB as CSV, with a unique key, indexes and a reference. */
export async function fillArchiveWorkspace(call: Call, client: pg.Client): Promise<{ id: number; name: string }> {
  const { id: workspace_id, name } = await call(createWorkspace, { body: { name: 'Bench archive' } })
  const customer = await call(createTable, {
    params: { workspace_id },
    body: { name: 'customer', schema: CUSTOMER_COLUMNS, index: [{ type: 'unique', fields: [{ name: 'email' }] }] },
  })
  const orderColumns = ORDER_COLUMNS.map((column) =>
    column.name === 'customer_id' ? { ...column, tableref_id: customer.id } : column,
  )
  await call(createTable, {
    params: { workspace_id },
    body: {
      name: 'orders',
      schema: orderColumns,
      index: [
        { type: 'btree', fields: [{ name: 'created_at' }] },
        { type: 'btree', fields: [{ name: 'customer_id' }] },
      ],
    },
  })
  const schema = `w${workspace_id}_live`
  await client.query(`
    insert into ${schema}.customer (created_at, name, email, key)
    select timestamptz '2024-01-01' + n * interval '61 s', 'Customer ' || md5(n::text), 'person' || n || '@example.com',
      md5('k' || n)::uuid
    from generate_series(1, ${CUSTOMERS}) n`)
  await client.query(`
    insert into ${schema}.orders (created_at, customer_id, title, price, active, state, note, meta)
    select timestamptz '2026-01-01' + n * interval '7 s', 1 + (n * 7919::bigint) % ${CUSTOMERS}, 'Title of the row ' || n,
      (n * 31 % 100000) / 100.0, n % 3 = 0, (array['draft', 'live', 'void'])[1 + n % 3],
      case when n % 4 = 0 then null else 'A note that says, a "little" about row ' || substr(md5(n::text), 1, 12) end,
      case when n % 5 = 0 then jsonb_build_object('source', 'web', 'ip', n % 255, 'tags', array['a', 'b' || n % 9]) end
    from generate_series(1, ${ORDERS}) n`)
  for (const table of ['customer', 'orders']) await client.query(`vacuum (analyze) ${schema}.${table}`)
  return { id: workspace_id, name }
}
