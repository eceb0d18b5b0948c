import type {} from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/my-account.ts'

import { type Caller, rightsOf } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { sendSessionCookie } from '../session/cookie.ts'
import { SESSION_COOKIE } from '../session/store.ts'
import { changePassword } from './change-password.ts'

/** The account of whoever is signed in: name and password. */
export function registerMyAccount(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now' | 'publicUrl'>): void {
  const { connection, now, publicUrl } = deps
  const { db } = connection

  serve(app, contract.getMyAccount, ({ caller }) => account(caller))

  serve(app, contract.updateMyAccount, async ({ body, caller, trail }) => {
    await db.updateTable('user').set({ name: body.name }).where('id', '=', caller.id).execute()
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    Object.assign(trail, changed({ name: caller.user?.name }, { name: body.name }))
    return account(caller)
  })

  serve(app, contract.changePassword, async ({ body, caller, request, reply, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    const who = { caller, address: request.ip, cookie: request.cookies[SESSION_COOKIE] ?? '' }
    const { session, endedSessions } = await changePassword(db, who, body, now())
    sendSessionCookie(reply, session, publicUrl())
    trail.detail = { endedSessions }
    return { endedSessions }
  })

  async function account({ id }: Caller): Promise<contract.MyAccount> {
    const row = await db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.role,
      ...rightsOf(row),
      hasPassword: row.password_hash !== null,
      createdAt: row.created_at.toISOString(),
    }
  }
}
