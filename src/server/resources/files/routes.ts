import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/files.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { receiveFile } from './receive-file.ts'
import * as store from './store.ts'
import { registerVault } from './vault-routes.ts'

type FileDeps = Pick<Deps, 'connection' | 'files' | 'vault' | 'publicUrl' | 'now' | 'log'>

/** Stored files of a workspace, and the addresses they are served under. */
export function registerFiles(app: FastifyInstance, deps: FileDeps): void {
  const {
    connection: { db },
    now,
  } = deps

  serve(app, contract.listFiles, async ({ params, query }) => {
    await getWorkspace(db, params.workspace_id)
    const { rows, hasMore } = await store.pageFiles(db, params.workspace_id, query)
    return {
      curPage: query.page,
      nextPage: hasMore ? query.page + 1 : null,
      prevPage: query.page > 1 ? query.page - 1 : null,
      items: rows.map((row) => store.toFile(row, deps)),
    }
  })

  serve(app, contract.uploadFile, async ({ params, request, trail }) => {
    const { id: workspaceId } = await getWorkspace(db, params.workspace_id)
    const row = await receiveFile(request, deps.files, workspaceId, (file) =>
      store.insertFile(db, workspaceId, file, now()),
    )
    trail.target = { kind: 'file', id: row.id, name: row.name }
    trail.detail = { type: row.type, access: row.access, bytes: row.size }
    return store.toFile(row, deps)
  })

  serve(app, contract.bulkDeleteFiles, async ({ params, body, trail }) => {
    await getWorkspace(db, params.workspace_id)
    const rows = await db.transaction().execute((trx) => store.removeFiles(trx, params.workspace_id, body.ids))
    await store.deleteObjects(
      deps,
      rows.map((row) => row.object_name),
    )
    trail.detail = { files: rows.map(({ id, name }) => ({ id, name })) }
    return null
  })

  serve(app, contract.deleteFile, async ({ params, trail }) => {
    await getWorkspace(db, params.workspace_id)
    const ids = [params.file_id]
    const [row] = await db.transaction().execute((trx) => store.removeFiles(trx, params.workspace_id, ids))
    if (row !== undefined) {
      await store.deleteObjects(deps, [row.object_name])
      trail.target = { kind: 'file', id: row.id, name: row.name }
    }
    return null
  })

  registerVault(app, deps)
}
