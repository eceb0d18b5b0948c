import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'

import { getHealth, getReadiness } from '#api/contract/health.ts'

import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'

/** Liveness and readiness, open to everybody. */
export function registerHealth(
  app: FastifyInstance,
  { connection: { db }, version }: Pick<Deps, 'connection' | 'version'>,
): void {
  serve(app, getHealth, () => Promise.resolve({ status: 'ok' as const }))

  serve(app, getReadiness, async () => {
    try {
      await sql`select 1 from metadeck.migration limit 1`.execute(db)
    } catch (cause) {
      throw new AppError('not_ready', 'The database does not answer.', { cause })
    }
    return { status: 'ready' as const, version }
  })
}
