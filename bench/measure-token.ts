import type pg from 'pg'

import { fillPath } from '#api/client/call.ts'
import { listContent } from '#api/contract/content.ts'
import { connect } from '#server/db/connection.ts'
import { findToken } from '#server/resources/tokens/store.ts'

import type { BigTable } from './big-table.ts'
import { openHttp } from './http.ts'
import { median, ms, report } from './measure.ts'

const CHECKS = 1_000
const REQUESTS = 30

/**
 * What the token check costs, as a share of a list request, and that a token which another process (this one) revokes
 * is refused on the very next request.
 */
export async function measureToken(
  server: { url: string; token: string; databaseUrl: string },
  client: pg.Client,
  { params }: BigTable,
): Promise<void> {
  const { url, token, databaseUrl } = server
  const connection = connect({ connectionString: databaseUrl, max: 1 })
  const place = { workspaceId: params.workspace_id, tableId: params.table_id, dataSource: 'live' }
  const request = { secret: token, address: '127.0.0.1', table: place }
  const checkMs = await median(CHECKS, () => findToken(connection, request, new Date()))
  await connection.close()
  const caller = openHttp()
  const list = () => caller.send(`${url}${fillPath(listContent.path, params)}`, { token })
  const listMs = await median(REQUESTS, list)
  report('token check in a list request', ms(checkMs), `list ${ms(listMs)}`, checkMs / listMs)
  await client.query('update metadeck.access_token set revoked_at = now()')
  const refusal = await list().then(
    () => 'answered',
    (error: unknown) => (String(error).includes('HTTP/1.1 401') ? 'refused' : 'failed'),
  )
  caller.close()
  report('the next request with a revoked token', refusal, '', null)
  if (refusal !== 'refused') throw new Error(`A revoked token was ${refusal}`)
}
