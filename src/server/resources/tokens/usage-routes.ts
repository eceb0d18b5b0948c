import type { FastifyInstance } from 'fastify'

import { getTokenUsage, probeToken } from '#api/contract/token-usage.ts'

import { isTokenForm, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { serve } from '../../route.ts'
import { getRow } from './get-token.ts'
import { probeScopes, workspaceFor } from './probe.ts'
import { readUsage } from './read-usage.ts'

/** What a token did, and what it can do. */
export function registerTokenUsage(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, getTokenUsage, async ({ params, query, caller }) => {
    const row = await getRow(db, caller, params.id, now())
    // What this process counted is told at once; what others did may lag by a few seconds.
    await app.tokenUsage.flush()
    return readUsage(db, row, { days: query.days, endpoints: app.tokenUsage.endpoints }, now())
  })

  serve(app, probeToken, async ({ params, body, caller, request }) => {
    const row = await getRow(db, caller, params.id, now())
    await requireSecretOf(db, row.id, body.token)
    const first = await db.selectFrom('workspace').select('id').orderBy('id').limit(1).executeTakeFirst()
    return probeScopes(app, app.tokenUsage.endpoints.values(), {
      secret: body.token,
      address: request.ip,
      scopes: row.scopes,
      workspaceId: workspaceFor(row.workspaces ?? 'all', first?.id),
    })
  })
}

/** Throws 400 unless this is the token's secret. The database compares hashes: how long it takes tells nothing. */
async function requireSecretOf(db: Db, id: number, secret: string): Promise<void> {
  const found = isTokenForm(secret)
    ? await db.selectFrom('access_token').select('id').where('hash', '=', sha256(secret)).executeTakeFirst()
    : undefined
  if (found?.id === id) return
  throw invalidInput(
    'token',
    'This is not the secret of this token. It begins with mdk_ and was shown when it was made.',
  )
}
