import type pg from 'pg'

import { fillPath } from '#api/client/call.ts'
import { listContent } from '#api/contract/content.ts'

import type { BigTable } from './big-table.ts'
import { openHttp } from './http.ts'
import { compare, ms, report } from './measure.ts'

const RUNS = 50

/** A page of 50 by HTTP (token check, validation, exact total) against the bare SQL that gives the same JSON. */
export async function measureList(url: string, token: string, client: pg.Client, table: BigTable): Promise<void> {
  const caller = openHttp()
  const ours: number[] = []
  for (const page of [1, 10_000]) {
    const address = `${url}${fillPath(listContent.path, table.params)}?per_page=50&page=${page}`
    const http = () => caller.send(address, { token })
    const { firstMs, secondMs, ratio } = await compare(RUNS, http, () => barePage(client, table, page))
    ours.push(firstMs)
    report(`list 50 of 1,000,000 rows, page ${page}`, ms(firstMs), `bare SQL ${ms(secondMs)}`, ratio)
  }
  caller.close()
  const [first = Number.NaN, deep = Number.NaN] = ours
  report('list 50, page 10,000 and page 1', ms(deep), `page 1 ${ms(first)}`, first / deep)
}

/** The best plain SQL for it: the page by way of the primary key, and the exact count. */
async function barePage(client: pg.Client, { sqlName }: BigTable, page: number): Promise<string> {
  const items = await client.query(
    `select t.* from ${sqlName} t join (select id from ${sqlName} order by id limit 50 offset ${(page - 1) * 50}) p
     on p.id = t.id order by t.id`,
  )
  const total = await client.query<{ total: string }>(`select count(*) as total from ${sqlName}`)
  return JSON.stringify({ itemsTotal: Number(total.rows[0]?.total), items: items.rows })
}
