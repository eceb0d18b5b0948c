import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/realtime.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { requireVersion, sendVersion } from '../../versions.ts'
import { changeWorkspace } from '../workspaces/change-workspace.ts'
import { getWorkspace } from '../workspaces/store.ts'
import * as store from './store.ts'

/** Realtime settings of a workspace. */
export function registerRealtime(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, contract.getRealtime, async (input) => {
    const settings = await store.getRealtime(db, input.params.workspace_id)
    sendVersion(input, store.realtimeContent(settings))
    return settings
  })

  serve(app, contract.updateRealtime, (input) =>
    changeWorkspace(db, input.params.workspace_id, async (trx) => {
      const { params, body, trail } = input
      const { id, name } = await getWorkspace(trx, params.workspace_id)
      const before = await store.getRealtime(trx, id)
      await requireVersion(trx, input, { kind: 'realtime', id }, store.realtimeContent(before))
      const after = await store.updateRealtime(trx, id, before, body, now())
      trail.target = { kind: 'realtime', id, name }
      trail.detail = { changed: Object.keys(body) }
      sendVersion(input, store.realtimeContent(after))
      return after
    }),
  )
}
