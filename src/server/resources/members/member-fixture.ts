import type { Call } from '#api/client/call.ts'
import type { Role } from '#api/contract/members.ts'
import type { Scopes } from '#api/contract/scopes.ts'

import { newGuid } from '../../ids.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { insertSession, SESSION_COOKIE } from '../session/store.ts'
import { columnsOf } from './grant.ts'
import { insertMember } from './store.ts'

/** A person with an account, signed in. */
export interface SignedIn {
  id: number
  email: string
  /** Calls with their session. */
  call: Call
  /** Headers of the same session, for requests by hand. */
  headers: { cookie: string }
}

/** A hash that no password has; an owner who had none could not sign in, and would not count as one. */
const NOBODYS_HASH = '$argon2id$none'

/** Makes an account whose password nobody knows and signs it in, past the pages that do so. */
export async function addMember(
  test$: TestApp,
  role: Role,
  rights: { scopes?: Scopes; workspaces?: 'all' | number[] } = {},
): Promise<SignedIn> {
  const { db } = test$.database
  const email = `${role}-${newGuid().toLowerCase()}@example.com`
  const grant = columnsOf({ role, scopes: rights.scopes ?? {}, workspaces: rights.workspaces ?? 'all' })
  const password_hash = role === 'owner' ? NOBODYS_HASH : null
  const fields = { name: `The ${role}`, email, password_hash, invited_by: null, ...grant }
  const id = await insertMember(db, fields, test$.deps.now())
  return { id, email, ...(await signInAs(test$, id)) }
}

/** Another session of the same account. */
export async function signInAs(test$: TestApp, userId: number): Promise<Pick<SignedIn, 'call' | 'headers'>> {
  const input = { userId, address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' }
  const { secret } = await insertSession(test$.database.db, input, test$.deps.now())
  const headers = { cookie: `${SESSION_COOKIE}=${secret}` }
  return { call: test$.callWith(headers), headers }
}
