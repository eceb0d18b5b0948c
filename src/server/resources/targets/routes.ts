import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/targets.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { openFolderTarget, requireTargetPath, tryFolderTarget } from '../../storage/folder-target.ts'
import { openS3 } from '../../storage/lazy-s3.ts'
import { openSecret } from '../../storage/open-targets.ts'
import type { Storage } from '../../storage/storage.ts'
import { changed } from '../../trail.ts'
import { requireEmpty, requireUnused } from './guard.ts'
import { isOtherPlace, knownSecret, planTarget } from './plan-target.ts'
import { requireEverywhere } from './reach.ts'
import * as store from './store.ts'
import { testStorage } from './test-target.ts'

/** A person waits: one attempt, and not for long. */
const PATIENCE = { connectMs: 5_000, idleMs: 10_000, attempts: 1 }

type TargetDeps = Pick<Deps, 'connection' | 'vault' | 'config' | 'now' | 'log'>

/** The places that archives are put in. */
export function registerTargets(app: FastifyInstance, deps: TargetDeps): void {
  const { vault, config, now, log } = deps
  const { db } = deps.connection

  serve(app, contract.listTargets, async ({ caller }) => {
    requireEverywhere(caller)
    const [rows, use] = await Promise.all([store.listTargets(db), store.readUse(db)])
    const builtIn = store.builtInTarget(join(config.dataDir, 'backups'), use.get(null))
    return { items: [builtIn, ...rows.map((row) => store.toTarget(row, use.get(row.id)))] }
  })

  serve(app, contract.getTarget, async ({ params, caller }) => {
    requireEverywhere(caller)
    const [row, use] = await Promise.all([store.getTarget(db, params.id), store.readUse(db)])
    return store.toTarget(row, use.get(row.id))
  })

  serve(app, contract.createTarget, async ({ body, caller, trail }) => {
    requireEverywhere(caller)
    const fields = await planTarget(deps, body, null)
    const row = await store.insertTarget(db, fields, caller.label, now())
    trail.target = nameOf(row)
    Object.assign(trail, changed(null, auditedOf(row)))
    return store.toTarget(row)
  })

  serve(app, contract.updateTarget, async ({ params, body, caller, trail }) => {
    requireEverywhere(caller)
    const known = await store.getTarget(db, params.id)
    const isMoved = await isOtherPlace(store.settingsOf(known), body.settings)
    if (isMoved) await requireEmpty(db, known)
    const fields = await planTarget(deps, body, known)
    const row = await db.transaction().execute(async (trx) => {
      const held = await store.holdTarget(trx, params.id)
      if (isMoved) await requireEmpty(trx, held)
      const written = await store.writeTarget(trx, held.id, fields, now())
      Object.assign(trail, changed(auditedOf(held), auditedOf(written)))
      return written
    })
    trail.target = nameOf(row)
    trail.detail = { newSecret: body.secret !== undefined && body.secret !== '' }
    return store.toTarget(row, (await store.readUse(db)).get(row.id))
  })

  serve(app, contract.deleteTarget, async ({ params, caller, trail }) => {
    requireEverywhere(caller)
    await db.transaction().execute(async (trx) => {
      const row = await store.holdTarget(trx, params.id)
      await requireUnused(trx, row)
      await trx.deleteFrom('target').where('id', '=', row.id).execute()
      trail.target = nameOf(row)
      Object.assign(trail, changed(auditedOf(row), null))
    })
    return null
  })

  serve(app, contract.testTarget, async ({ params, caller, trail }) => {
    requireEverywhere(caller)
    const row = await store.getTarget(db, params.id)
    const settings = store.settingsOf(row)
    const open = async (): Promise<Storage> =>
      settings.kind === 's3'
        ? openS3(settings, openSecret(vault, row.name, row.sealed_secret), PATIENCE)
        : openFolderTarget(settings.path)
    const test = await testStorage(open, { now: now(), log })
    await store.saveTest(db, row.id, test)
    trail.target = nameOf(row)
    trail.detail = { ok: test.ok }
    return test
  })

  serve(app, contract.tryTarget, async ({ body, caller, trail }) => {
    requireEverywhere(caller)
    const { settings, secret = '' } = body
    const row = body.targetId == null ? null : await store.getTarget(db, body.targetId)
    trail.detail = detailOf(settings)
    if (settings.kind === 'folder') {
      await requireTargetPath(settings.path, config.dataDir)
      const known = row === null ? null : store.settingsOf(row)
      const isKept = known?.kind === 'folder' && known.path === settings.path
      return testStorage(() => (isKept ? openFolderTarget : tryFolderTarget)(settings.path), { now: now(), log })
    }
    const key = secret === '' ? openSecret(vault, row?.name ?? '', knownSecret(settings, row)) : secret
    return testStorage(() => openS3(settings, key, PATIENCE), { now: now(), log })
  })
}

function nameOf({ id, name }: store.TargetRow): Record<string, unknown> {
  return { kind: 'target', id, name }
}

/** What the audit log tells of a target. */
function auditedOf(row: store.TargetRow): object {
  return { name: row.name, ...detailOf(store.settingsOf(row)) }
}

function detailOf(settings: contract.TargetSettings): Record<string, unknown> {
  if (settings.kind === 'folder') return settings
  const { kind, endpoint, bucket, prefix } = settings
  return { kind, endpoint, bucket, prefix }
}
