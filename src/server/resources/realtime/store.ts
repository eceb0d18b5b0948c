import type { Realtime, UpdateRealtime } from '#api/contract/realtime.ts'

import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { invalidInput, notFound } from '../../errors.ts'
import { toRule } from './channel-rule.ts'
import { listChannels, replaceChannels } from './channel-store.ts'

/** Realtime settings of a workspace with the channels of its live branch; throws `not_found`. */
export async function getRealtime(db: Db, workspaceId: number): Promise<Realtime> {
  const row = await db
    .selectFrom('workspace')
    .select(['realtime_enabled', 'realtime_hash'])
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`Workspace ${workspaceId}`)
  const branch = await readBranch(db, workspaceId, '')
  const channels = await listChannels(db, branch.id)
  return {
    enabled: row.realtime_enabled,
    hash: row.realtime_hash,
    channels: channels.map(({ id, header }) => toRule(id, header)),
  }
}

/** What the settings say, for their version. */
export function realtimeContent({ channels, ...settings }: Realtime): unknown {
  return { ...settings, channels: channels.map(({ id: _id, ...rule }) => rule) }
}

/** Changes what is sent. The workspace is held (`holdWorkspace`). */
export async function updateRealtime(
  trx: Db,
  workspaceId: number,
  before: Realtime,
  change: UpdateRealtime,
  now: Date,
): Promise<Realtime> {
  const enabled = change.enabled ?? before.enabled
  const hash = change.hash ?? before.hash
  if (enabled !== before.enabled || hash !== before.hash) {
    await requireFreeHash(trx, workspaceId, hash)
    await trx
      .updateTable('workspace')
      .set({ realtime_enabled: enabled, realtime_hash: hash, updated_at: now })
      .where('id', '=', workspaceId)
      .execute()
      .catch((error: unknown) => {
        throw (error as { code?: unknown }).code === UNIQUE_VIOLATION ? takenHash() : error
      })
  }
  if (change.channels !== undefined) {
    const branch = await readBranch(trx, workspaceId, '')
    await replaceChannels(trx, { workspaceId, branchId: branch.id }, change.channels, now)
  }
  return getRealtime(trx, workspaceId)
}

/** Two workspaces that ask for one hash at the same time: the database lets one have it. */
const UNIQUE_VIOLATION = '23505'

async function requireFreeHash(trx: Db, workspaceId: number, hash: string): Promise<void> {
  const taken = await trx
    .selectFrom('workspace')
    .select('id')
    .where('realtime_hash', '=', hash)
    .where('id', '!=', workspaceId)
    .executeTakeFirst()
  if (taken !== undefined) throw takenHash()
}

function takenHash(): Error {
  return invalidInput('hash', 'Another workspace of this instance has this hash. Choose another one.')
}
