import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/workspaces.ts'

import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { requireVersion, sendVersion } from '../../versions.ts'
import { changeWorkspace } from '../workspaces/change-workspace.ts'
import { getWorkspace } from '../workspaces/store.ts'
import { copyContents } from './copy-contents.ts'
import * as store from './store.ts'

type WriteInput = Pick<HandlerInput<typeof contract.getBranch>, 'params' | 'request' | 'reply' | 'trail'>

/** Branches of a workspace. */
export function registerBranches(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  /** Finds the branch of a write, one write of the workspace's branches at a time, and compares versions. */
  const changeBranch = <Result>(
    input: WriteInput,
    work: (trx: Db, branch: store.BranchRow) => Promise<Result>,
  ): Promise<Result> =>
    changeWorkspace(db, input.params.workspace_id, async (trx) => {
      const { workspace_id, branch_label } = input.params
      const branch = await readBranch(trx, workspace_id, branch_label)
      await requireVersion(trx, input, { kind: 'branch', id: branch.id }, store.branchContent(branch))
      input.trail.target = { kind: 'branch', id: branch.id, name: branch.label }
      return work(trx, branch)
    })

  serve(app, contract.listBranches, async ({ params }) => {
    await getWorkspace(db, params.workspace_id)
    return (await store.listBranches(db, params.workspace_id)).map((row) => store.toBranch(row))
  })

  serve(app, contract.createBranch, (input) =>
    changeWorkspace(db, input.params.workspace_id, async (trx) => {
      const { params, body, trail } = input
      const source = await readBranch(trx, params.workspace_id, body.source_branch)
      const branch = await store.insertBranch(trx, params.workspace_id, body, now())
      await copyContents(trx, source, branch, now())
      trail.target = { kind: 'branch', id: branch.id, name: branch.label }
      trail.detail = { source: source.label }
      Object.assign(trail, changed(null, store.branchContent(branch)))
      sendVersion(input, store.branchContent(branch))
      return store.toBranch(branch)
    }),
  )

  serve(app, contract.getBranch, async (input) => {
    const { workspace_id, branch_label } = input.params
    await getWorkspace(db, workspace_id)
    const branch = await readBranch(db, workspace_id, branch_label)
    sendVersion(input, store.branchContent(branch))
    return store.toBranch(branch)
  })

  serve(app, contract.updateBranch, (input) =>
    changeBranch(input, async (trx, before) => {
      const after = await store.updateBranch(trx, before, input.body, now())
      input.trail.detail = { changed: Object.keys(input.body) }
      Object.assign(input.trail, changed(store.branchContent(before), store.branchContent(after)))
      sendVersion(input, store.branchContent(after))
      return store.toBranch(after)
    }),
  )

  serve(app, contract.setBranchLive, (input) =>
    changeBranch(input, async (trx, before) => {
      const after = await store.setLive(trx, before, now())
      Object.assign(input.trail, changed(store.branchContent(before), store.branchContent(after)))
      sendVersion(input, store.branchContent(after))
      return store.toBranch(after)
    }),
  )

  serve(app, contract.deleteBranch, (input) =>
    changeBranch(input, async (trx, branch) => {
      await store.deleteBranch(trx, branch)
      Object.assign(input.trail, changed(store.branchContent(branch), null))
      return null
    }),
  )
}
