import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/backups.ts'

import { archiveFileName } from '../../archive/file-name.ts'
import { requireWorkspace } from '../../caller.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { findUnderWay } from '../restores/store.ts'
import { prepareDownload } from '../transfer/send-archive.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { receiveUpload } from './receive-upload.ts'
import { removeBackup } from './remove-backup.ts'
import * as store from './store.ts'

type BackupDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'now'>

/** Backups: take one, list, read, download, delete, upload. */
export function registerBackups(app: FastifyInstance, deps: BackupDeps): void {
  const { connection, targets, jobs, vault, now } = deps
  const { db } = connection

  serve(app, contract.createBackup, async ({ body, caller, trail }) => {
    requireWorkspace(caller, body.workspaceId)
    const workspace = await getWorkspace(db, body.workspaceId)
    const branch = await readBranch(db, workspace.id, body.branch)
    const row = await db.transaction().execute(async (trx) => {
      const inserted = await store.insertBackup(trx, {
        workspace_id: workspace.id,
        workspace_name: workspace.name,
        branch: branch.label,
        kind: 'manual',
        definition_only: body.definitionOnly,
        encrypted: body.password !== '',
        created_by: caller.label,
        created_at: now(),
      })
      const sealedPassword = body.password === '' ? null : vault.seal(body.password)
      await jobs.enqueue('backup', { backupId: inserted.id, sealedPassword }, trx)
      return inserted
    })
    trail.workspaceId = workspace.id
    trail.target = { kind: 'backup', id: row.id, name: workspace.name }
    trail.detail = { branch: branch.label, definitionOnly: row.definition_only, encrypted: row.encrypted }
    return { id: row.id, status: 'queued' as const }
  })

  serve(app, contract.listBackups, ({ query, caller }) => store.listBackups(db, caller, query))

  serve(app, contract.getBackup, async ({ params, caller }) =>
    store.toBackup(await store.getBackup(db, caller, params.id)),
  )

  serve(app, contract.downloadBackup, async ({ params, caller, reply }) => {
    const row = await store.getBackup(db, caller, params.id)
    const { size, stream } = await (await targets.open(row.target_id)).read(store.storedObject(row))
    void reply.header('content-length', size)
    return prepareDownload(reply, stream, archiveFileName(row.workspace_name, row.created_at))
  })

  serve(app, contract.deleteBackup, async ({ params, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    if (store.isUnderWay(row)) throw new AppError('conflict', 'The backup is still being made. Wait until it is done.')
    if ((await findUnderWay(db, { backupId: row.id })) !== undefined) {
      throw new AppError('conflict', 'A restore is reading this backup. Wait until it is done.')
    }
    await removeBackup(deps, row)
    if (row.workspace_id !== null) trail.workspaceId = row.workspace_id
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    return null
  })

  serve(app, contract.uploadBackup, async ({ request, caller, trail }) => {
    const row = await receiveUpload(request, caller, deps)
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    trail.detail = { uploaded: true, encrypted: row.encrypted, bytes: row.bytes }
    return store.toBackup(row)
  })
}
