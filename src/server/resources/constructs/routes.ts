import type { FastifyInstance } from 'fastify'

import { runFunction } from '#api/contract/functions.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { KINDS } from './kinds.ts'
import { runFunction as run } from './run-function.ts'
import { serveKind } from './serve-kind.ts'

/** Everything written in XanoScript: APIs, functions, tasks, addons, middleware, triggers, realtime channels. */
export function registerConstructs(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  for (const kind of KINDS) serveKind(app, deps, kind)
  serve(app, runFunction, ({ params, body }) => run(deps.connection.db, params.workspace_id, body))
}
