import type { FastifyInstance } from 'fastify'

import { createToken, listTokens, revokeToken } from '#api/contract/tokens.ts'

import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { serve } from '../../route.ts'
import * as store from './store.ts'

/** Access tokens of this instance: make, list, revoke. */
export function registerTokens(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, createToken, async ({ body, caller, trail }) => {
    await requireWorkspacesExist(body.workspaces)
    const { secret, token } = await store.insertToken(db, body, caller.user?.id ?? null, now())
    trail.target = { kind: 'token', id: token.id, name: token.name, lastFour: token.lastFour }
    trail.detail = { scopes: token.scopes, workspaces: token.workspaces, expiresAt: token.expiresAt }
    return { ...token, token: secret }
  })

  serve(app, listTokens, async () => ({ items: await store.listTokens(db, now()), nextCursor: null }))

  serve(app, revokeToken, async ({ params, trail }) => {
    const token = await store.revokeToken(db, params.id, now())
    trail.target = { kind: 'token', id: token.id, name: token.name, lastFour: token.lastFour }
    return null
  })

  async function requireWorkspacesExist(workspaces: 'all' | number[]): Promise<void> {
    if (workspaces === 'all') return
    const found = await db.selectFrom('workspace').select('id').where('id', 'in', workspaces).execute()
    const missing = workspaces.find((id) => !found.some((row) => row.id === id))
    if (missing !== undefined) throw invalidInput('workspaces', `Workspace ${missing} does not exist.`)
  }
}
