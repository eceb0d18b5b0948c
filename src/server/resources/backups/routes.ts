import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/backups.ts'

import { requireWorkspace } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { lenderOf } from '../schedules/lent-rights.ts'
import { cancelBackup } from './cancel-backup.ts'
import { cancelReading } from './cancel-reading.ts'
import { changeBackup } from './change-backup.ts'
import { createBackup } from './create-backup.ts'
import { deleteBackup } from './delete-backup.ts'
import { sendBackup } from './download-backup.ts'
import { presentBackups } from './facts.ts'
import { listBackups } from './list-backups.ts'
import { receiveUpload } from './receive-upload.ts'
import * as store from './store.ts'
import { startVerification, waitForVerification } from './verify-backup.ts'

type BackupDeps = Pick<Deps, 'connection' | 'targets' | 'jobs' | 'vault' | 'hub' | 'now'>

/** Backups: take one, list, read, download, pin, cancel, verify, end what reads them, delete, upload. */
export function registerBackups(app: FastifyInstance, deps: BackupDeps): void {
  const { db } = deps.connection
  const present = async (row: store.BackupRow): Promise<contract.Backup> => {
    const [backup] = await presentBackups(db, [row])
    return backup ?? store.toBackup(row)
  }

  serve(app, contract.createBackup, async ({ body, caller, trail }) => {
    requireWorkspace(caller, body.workspaceId)
    const row = await createBackup(deps, caller, body)
    note(trail, row)
    trail.detail = {
      branch: row.branch,
      definitionOnly: row.definition_only,
      files: row.includes_files,
      encrypted: row.encrypted,
      targetId: row.target_id,
    }
    return { id: row.id, status: 'queued' as const }
  })

  serve(app, contract.listBackups, ({ query, caller }) => listBackups(db, caller, query))

  serve(app, contract.getBackup, async ({ params, caller }) => present(await store.getBackup(db, caller, params.id)))

  serve(app, contract.downloadBackup, async ({ params, caller, request, reply, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    return sendBackup(deps, row, { request, reply, trail })
  })

  serve(app, contract.updateBackup, async ({ params, body, caller, trail }) => {
    const before = await store.getBackup(db, caller, params.id)
    note(trail, before)
    trail.detail = { ...body }
    if (body.pinned === undefined && body.note === undefined) return present(before)
    return present(await changeBackup(db, params.id, body))
  })

  serve(app, contract.cancelBackup, async ({ params, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    return present(await cancelBackup(deps, row))
  })

  serve(app, contract.verifyBackup, async ({ params, body, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    await startVerification(deps, row, { given: body.password, by: await lenderOf(db, caller) })
    return present(await waitForVerification(db, row))
  })

  serve(app, contract.cancelVerification, async ({ params, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    return present(await cancelReading(deps, row.id, 'verify'))
  })

  serve(app, contract.cancelDrill, async ({ params, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    return present(await cancelReading(deps, row.id, 'drill'))
  })

  serve(app, contract.deleteBackup, async ({ params, caller, trail }) => {
    const row = await store.getBackup(db, caller, params.id)
    note(trail, row)
    trail.detail = await deleteBackup(deps, row)
    return null
  })

  serve(app, contract.uploadBackup, async ({ request, caller, trail }) => {
    const row = await receiveUpload(request, caller, deps)
    trail.target = { kind: 'backup', id: row.id, name: row.workspace_name }
    trail.detail = { uploaded: true, encrypted: row.encrypted, bytes: row.bytes }
    return present(row)
  })
}

function note(
  trail: { workspaceId?: number; target?: Record<string, unknown> },
  { id, workspace_id: workspaceId, workspace_name: name }: store.BackupRow,
): void {
  if (workspaceId !== null) trail.workspaceId = workspaceId
  trail.target = { kind: 'backup', id, name }
}
