import type { FastifyInstance } from 'fastify'

import { drillBackup } from '#api/contract/backups.ts'

import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { serve } from '../../route.ts'
import { explainDamage } from '../backups/explain-damage.ts'
import { presentBackup } from '../backups/facts.ts'
import { openBackup } from '../backups/open-backup.ts'
import { type BackupRow, getBackup } from '../backups/store.ts'
import { type Lender, lenderOf } from '../schedules/lent-rights.ts'
import { queuedDrill } from './drill-proof.ts'

type DrillDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now' | 'log'>

/** Restore drills: a restore that is rehearsed, counted and taken away again. */
export function registerDrills(app: FastifyInstance, deps: DrillDeps): void {
  const { db } = deps.connection

  serve(app, drillBackup, async ({ params, body, caller, trail }) => {
    const row = await getBackup(db, caller, params.id)
    const { password } = body
    await explainDamage(deps, { row, password, isHasty: true }, () => openBackup(deps, row, password))
    await startDrill(deps, row, { password, by: await lenderOf(db, caller) })
    if (row.workspace_id !== null) trail.workspaceId = row.workspace_id
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    const backup = await presentBackup(db, row.id)
    if (backup === undefined) throw notFound(`Backup ${row.id}`)
    return backup
  })
}

/** Puts a drill of the backup into the queue. Throws 409 while one is under way. The password travels sealed. */
export async function startDrill(
  { connection: { db }, jobs, vault, hub, now }: Pick<DrillDeps, 'connection' | 'jobs' | 'vault' | 'hub' | 'now'>,
  { id }: Pick<BackupRow, 'id'>,
  { password, by }: { password: string; by: Lender | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('backup').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (row === undefined) throw notFound(`Backup ${id}`)
    if (row.drill?.status === 'queued' || row.drill?.status === 'running') {
      throw new AppError('conflict', 'A drill of this backup is under way. Wait until it is done.', {
        payload: { reason: 'drill_in_progress' },
      })
    }
    const drill = JSON.stringify(queuedDrill(now(), row.drill))
    await trx.updateTable('backup').set({ drill }).where('id', '=', id).execute()
    const sealedPassword = password === '' ? null : vault.seal(password)
    await jobs.enqueue('drill', { backupId: id, sealedPassword, by }, trx)
  })
  await hub.publish(db, { type: 'changed', resource: 'backups', id })
}
