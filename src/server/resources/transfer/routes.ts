import { join } from 'node:path'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/transfer.ts'

import { archiveFileName } from '../../archive/file-name.ts'
import { importSchema as importSchemaArchive } from '../../archive/import-schema.ts'
import { importArchive } from '../../archive/import.ts'
import { type VerifiedArchive, verifyArchive } from '../../archive/verify.ts'
import { writeArchive, type WriteRequest } from '../../archive/write.ts'
import type { Deps } from '../../deps.ts'
import { type HandlerInput, parseInput, serve } from '../../route.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { presentImport } from './present-import.ts'
import { readForm } from './read-form.ts'
import { prepareDownload } from './send-archive.ts'
import { createSlots, type Slots } from './slots.ts'
import { createSpool, type SpoolFile } from './spool.ts'

type TransferDeps = Pick<Deps, 'config' | 'connection' | 'files' | 'version' | 'now'>

/**
 * Exports that run at a time in one process: each holds a connection until its reader has taken the last byte, and the
 * pool, of 20, is there for all other requests too.
 */
const EXPORTS_MAX = 4
/** How long a further one waits for its turn. */
const EXPORT_WAIT_MS = 3_000
const TOO_MANY_EXPORTS = `${EXPORTS_MAX} exports are running, the most at a time. Try again when one of them is done, or take a backup: backups wait for their turn by themselves.`

/** Export and import of a workspace as an archive. */
export function registerTransfer(app: FastifyInstance, deps: TransferDeps): void {
  const { connection, files, now } = deps
  const spool = createSpool(join(deps.config.dataDir, 'tmp'))
  const slots = createSlots(EXPORTS_MAX, EXPORT_WAIT_MS, TOO_MANY_EXPORTS)
  app.addHook('onReady', () => spool.clean())

  serve(app, contract.exportWorkspace, (input) => {
    const { records, vault } = input.body
    return exportArchive(input, deps, slots, { includesRows: records, files: vault ? files : undefined })
  })
  serve(app, contract.exportSchema, (input) => exportArchive(input, deps, slots, { includesRows: false }))

  serve(app, contract.importWorkspace, async ({ params, request, trail }) => {
    const workspace = await getWorkspace(connection.db, params.workspace_id)
    trail.target = { kind: 'workspace', id: workspace.id, name: workspace.name }
    return spool.use(async (file) => {
      const { password } = parseInput(contract.ImportFields, await readForm(request, ({ stream }) => file.fill(stream)))
      const archive = await verifyArchive(file, password)
      trail.detail = describe(archive)
      const target = { workspaceId: workspace.id }
      await importArchive(connection, archive, { source: file, password, target, files, now: now() })
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
  slots: Slots,
  parts: Pick<WriteRequest, 'includesRows' | 'files'>,
): Promise<unknown> {
  const leave = await slots.take()
  const at = now()
  const { workspaceName, branch, stream } = await writeArchive(connection, {
    workspaceId: params.workspace_id,
    branch: body.branch,
    password: body.password,
    ...parts,
    version,
    now: at,
  }).catch((error: unknown) => {
    leave()
    throw error
  })
  stream.once('close', leave)
  // Whatever comes between here and the first byte, the stream does not outlive its answer.
  reply.raw.once('close', () => stream.destroy())
  trail.target = { kind: 'workspace', id: params.workspace_id, name: workspaceName }
  const { includesRows, files } = parts
  trail.detail = { branch, includesRows, includesFiles: files !== undefined, encrypted: body.password !== '' }
  return prepareDownload(reply, stream, archiveFileName(workspaceName, at))
}

/** What the audit record says of an imported archive. */
function describe({ manifest, encrypted }: VerifiedArchive): Record<string, unknown> {
  const { workspace, branch, created, counts } = manifest
  return { archive: { workspace: workspace.name, branch: branch.label, created, encrypted, ...counts } }
}
