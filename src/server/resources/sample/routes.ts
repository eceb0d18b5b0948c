import type { FastifyInstance } from 'fastify'

import { createCall } from '#api/client/call.ts'
import { createSample } from '#api/contract/sample.ts'

import type { Deps } from '../../deps.ts'
import { injectFetch } from '../../inject-fetch.ts'
import { serve } from '../../route.ts'
import { loadSample } from './load.ts'

/** "Load the sample workspace", offered at first start. */
export function registerSample(app: FastifyInstance, { now }: Pick<Deps, 'now'>): void {
  serve(app, createSample, async ({ request, trail }) => {
    // With the asker's own session: the sample is made with their rights and under their name in the audit log.
    const call = createCall({ base: '', headers: { cookie: request.headers.cookie ?? '' }, fetch: injectFetch(app) })
    const loaded = await loadSample(call, now())
    trail.workspaceId = loaded.workspaceId
    trail.target = { kind: 'workspace', id: loaded.workspaceId }
    return loaded
  })
}
