import type { FastifyInstance, FastifyReply } from 'fastify'

import { diffBackup } from '#api/contract/diffs.ts'
import { hasScope } from '#api/contract/scopes.ts'

import { diffArchive } from '../../archive/diff/diff-archive.ts'
import { requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { explainDamage } from '../backups/explain-damage.ts'
import { openBackup } from '../backups/open-backup.ts'
import { getBackup } from '../backups/store.ts'
import { createSlots } from '../transfer/slots.ts'
import { getWorkspace } from '../workspaces/store.ts'

type DiffDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now' | 'log'>

/** Comparisons that run at a time in one process: each holds connections and reads two sides as fast as it can. */
const DIFFS_MAX = 2
/** How long a further one waits for its turn. */
const DIFF_WAIT_MS = 3_000
const TOO_MANY_DIFFS = `${DIFFS_MAX} comparisons are running, the most at a time. Try again when one of them is done.`

/** What a restore of a backup would change. */
export function registerDiffs(app: FastifyInstance, deps: DiffDeps): void {
  const { connection } = deps
  const slots = createSlots(DIFFS_MAX, DIFF_WAIT_MS, TOO_MANY_DIFFS)

  serve(app, diffBackup, async ({ params, body, caller, reply }) => {
    const row = await getBackup(connection.db, caller, params.id)
    requireWorkspace(caller, body.workspaceId)
    await getWorkspace(connection.db, body.workspaceId)
    const signal = endOf(reply)
    const leave = await slots.take()
    try {
      signal.throwIfAborted()
      // Samples are rows: the scope that reads rows is asked for them.
      const samples = hasScope(caller.scopes, 'workspace:content:read') ? body.samples : 0
      return await explainDamage(deps, { row, password: body.password, signal, isHasty: true }, async () =>
        diffArchive(connection, await openBackup(deps, row, body.password), { ...body, samples, signal }),
      )
    } finally {
      leave()
    }
  })
}

/** Aborted when the client goes away before it has its answer. */
function endOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  const gone = new AppError('conflict', 'The client went away before the comparison was done.')
  reply.raw.once('close', () => controller.abort(gone))
  return controller.signal
}
