import { once } from 'node:events'
import { Readable } from 'node:stream'

import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

import { type Call, fillPath } from '#api/client/call.ts'
import { bulkCreateContent, bulkDeleteContent, bulkPatchContent } from '#api/contract/content.ts'

import { type BigTable, createMixedTable, mixedRows } from './big-table.ts'
import { openHttp } from './http.ts'
import { compare, ms, report } from './measure.ts'

const ROWS = 100_000
const RUNS = 5

/** Bulk create of 100,000 rows with one request against COPY of the same rows into the same table from this process. */
export async function measureBulk(
  server: { url: string; token: string; call: Call },
  client: pg.Client,
  workspaceId: number,
): Promise<void> {
  const table = await createMixedTable(server.call, workspaceId, 'bulk')
  const address = (endpoint: { path: string }): string => `${server.url}${fillPath(endpoint.path, table.params)}`
  const caller = openHttp()
  const post = (url: string, body: unknown): Promise<string> =>
    caller.send(url, { method: 'POST', token: server.token, body: JSON.stringify(body) })
  const rows = mixedRows(ROWS)
  const body = JSON.stringify({ items: rows })
  const bulk = async (): Promise<void> => {
    await client.query(`truncate ${table.sqlName}`)
    await caller.send(address(bulkCreateContent), { method: 'POST', token: server.token, body })
  }
  const copy = async (): Promise<void> => {
    await client.query(`truncate ${table.sqlName}`)
    await copyRows(client, table, rows)
  }
  const { firstMs, secondMs, ratio } = await compare(RUNS, bulk, copy)
  const size = `${(body.length / 1e6).toFixed(1)} MB`
  report(`bulk create of 100,000 rows, ${size}`, ms(firstMs), `COPY ${ms(secondMs)}`, ratio)
  const { rows: found } = await client.query<{ id: string }>(`select id from ${table.sqlName} order by id`)
  const ids = found.map((row) => Number(row.id))
  const items = ids.map((row_id, n) => ({ row_id, updates: { price: n, ...(n % 2 === 0 ? { note: null } : {}) } }))
  const patched = performance.now()
  await post(address(bulkPatchContent), { items })
  report('bulk patch of 100,000 rows', ms(performance.now() - patched), '', null)
  const deleted = performance.now()
  await post(address(bulkDeleteContent), { row_ids: ids })
  report('bulk delete of 100,000 rows', ms(performance.now() - deleted), '', null)
  caller.close()
}

const COPIED = ['created_at', 'title', 'email', 'price', 'code', 'active', 'state', 'note']

async function copyRows(client: pg.Client, { sqlName }: BigTable, rows: Record<string, unknown>[]): Promise<void> {
  const stream = client.query(copyFrom(`copy ${sqlName} (${COPIED.join(', ')}) from stdin`))
  Readable.from(lines(rows), { objectMode: false }).pipe(stream)
  await once(stream, 'finish')
}

/** The rows in COPY's text form. Nothing in them needs an escape. */
function* lines(rows: Record<string, unknown>[]): Generator<string> {
  for (let start = 0; start < rows.length; start += 1_000) {
    yield rows
      .slice(start, start + 1_000)
      .map((row) => {
        const created = new Date(Number(row['created_at'])).toISOString()
        return `${[created, ...COPIED.slice(1).map((name) => row[name] ?? String.raw`\N`)].join('\t')}\n`
      })
      .join('')
  }
}
