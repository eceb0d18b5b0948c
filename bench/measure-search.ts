import pg from 'pg'

import { fillPath } from '#api/client/call.ts'
import { searchContent, type SearchFilter } from '#api/contract/content.ts'

import { type BigTable, CODES } from './big-table.ts'
import { type HttpClient, openHttp } from './http.ts'
import { CALLERS, compare, compareThroughput, ms, report } from './measure.ts'

const RUNS = 500

/** A search in 1,000,000 rows by a column with an index, 50 rows and the exact count, against the bare SQL. */
export async function measureSearch(url: string, token: string, databaseUrl: string, table: BigTable): Promise<void> {
  const address = `${url}${fillPath(searchContent.path, table.params)}`
  const lone = { caller: openHttp(), client: new pg.Client({ connectionString: databaseUrl }) }
  const callers = Array.from({ length: CALLERS }, openHttp)
  const clients = callers.map(() => new pg.Client({ connectionString: databaseUrl }))
  await Promise.all([lone.client, ...clients].map((client) => client.connect()))
  const cases: [string, SearchFilter, string][] = [
    ['equals, 50 rows', { code: 4_711 }, 'code = 4711'],
    ['>, 50 rows', { 'code|>': CODES - 2 }, `code > ${CODES - 2}`],
    ['>, 50,000 rows', { 'code|>': CODES - 1_001 }, `code > ${CODES - 1_001}`],
  ]
  for (const [name, search, where] of cases) {
    const body = JSON.stringify({ page: 1, per_page: 50, search })
    const ours = (caller: HttpClient) => () => caller.send(address, { method: 'POST', token, body })
    const bare = (client: pg.Client) => () => bareSearch(client, table, where)
    // First, because it warms up both sides.
    const rates = await compareThroughput(30, callers.map(ours), clients.map(bare))
    report(
      `search by an index, ${name}, ${CALLERS} callers`,
      `${rates.firstRate.toFixed(0)}/s`,
      `bare SQL ${rates.secondRate.toFixed(0)}/s`,
      rates.ratio,
    )
    const { firstMs, secondMs, ratio } = await compare(RUNS, ours(lone.caller), bare(lone.client))
    report('  one caller', ms(firstMs), `bare SQL ${ms(secondMs)}`, ratio)
  }
  for (const caller of [lone.caller, ...callers]) caller.close()
  await Promise.all([lone.client, ...clients].map((client) => client.end()))
}

async function bareSearch(client: pg.Client, { sqlName }: BigTable, where: string): Promise<string> {
  const items = await client.query(`select * from ${sqlName} where ${where} order by id limit 50`)
  const total = await client.query<{ total: string }>(`select count(*) as total from ${sqlName} where ${where}`)
  return JSON.stringify({ itemsTotal: Number(total.rows[0]?.total), items: items.rows })
}
