import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/transfer.ts'

import { archiveFileName } from '../../archive/file-name.ts'
import { importSchema as importSchemaArchive } from '../../archive/import-schema.ts'
import { importArchive } from '../../archive/import.ts'
import { type VerifiedArchive, verifyArchive } from '../../archive/verify.ts'
import { writeArchive } from '../../archive/write.ts'
import type { Deps } from '../../deps.ts'
import { type HandlerInput, parseInput, serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { presentImport } from './present-import.ts'
import { readForm } from './read-form.ts'
import { prepareDownload } from './send-archive.ts'
import { createSpool, type SpoolFile } from './spool.ts'

type TransferDeps = Pick<Deps, 'config' | 'connection' | 'version' | 'now'>

/** Export and import of a workspace as an archive. */
export function registerTransfer(app: FastifyInstance, deps: TransferDeps): void {
  const { connection, now } = deps
  const spool = createSpool(join(deps.config.dataDir, 'tmp'))
  app.addHook('onReady', () => spool.clean())

  serve(app, contract.exportWorkspace, (input) => exportArchive(input, deps, input.body.records))
  serve(app, contract.exportSchema, (input) => exportArchive(input, deps, false))

  serve(app, contract.importWorkspace, async ({ params, request, trail }) => {
    const workspace = await getWorkspace(connection.db, params.workspace_id)
    trail.target = { kind: 'workspace', id: workspace.id, name: workspace.name }
    return spool.use(async (file) => {
      const { password } = parseInput(contract.ImportFields, await readForm(request, ({ stream }) => file.fill(stream)))
      const archive = await verifyArchive(file, password)
      trail.detail = describe(archive)
      const target = { workspaceId: workspace.id }
      await importArchive(connection, archive, { source: file, password, target, now: now() })
      return presentImport(connection.db, workspace.id)
    })
  })

  serve(app, contract.importSchema, async ({ params, request, trail }) => {
    const workspace = await getWorkspace(connection.db, params.workspace_id)
    trail.target = { kind: 'workspace', id: workspace.id, name: workspace.name }
    return spool.use(async (file: SpoolFile) => {
      const form = await readForm(request, ({ stream }) => file.fill(stream))
      const { password, newbranch, setlive } = parseInput(contract.ImportSchemaFields, form)
      const archive = await verifyArchive(file, password)
      trail.detail = { ...describe(archive), branch: newbranch, live: setlive }
      const target = { workspaceId: workspace.id, label: newbranch, setLive: setlive, now: now() }
      await importSchemaArchive(connection, archive, target)
      return null
    })
  })
}

async function exportArchive(
  { params, body, reply, trail }: HandlerInput<typeof contract.exportWorkspace | typeof contract.exportSchema>,
  { connection, version, now }: TransferDeps,
  includesRows: boolean,
): Promise<unknown> {
  const at = now()
  const { workspaceName, branch, stream } = await writeArchive(connection, {
    workspaceId: params.workspace_id,
    branch: body.branch,
    password: body.password,
    includesRows,
    version,
    now: at,
  })
  trail.target = { kind: 'workspace', id: params.workspace_id, name: workspaceName }
  trail.detail = { branch, includesRows, encrypted: body.password !== '' }
  return prepareDownload(reply, stream, archiveFileName(workspaceName, at))
}

/** What the audit record says of an imported archive. */
function describe({ manifest, encrypted }: VerifiedArchive): Record<string, unknown> {
  const { workspace, branch, created, counts } = manifest
  return { archive: { workspace: workspace.name, branch: branch.label, created, encrypted, ...counts } }
}
