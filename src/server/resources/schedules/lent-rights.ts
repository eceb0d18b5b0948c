import { hasScope, type ScopeKey, type Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { type Caller, rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { rightsNow, type RightsNow } from '../tokens/rights-now.ts'

/** Whose rights something is done with after the request for it is over. */
export interface Lender {
  kind: 'person' | 'token'
  id: number
}

/** What is done then asks for. */
export interface Needs {
  scopes: readonly ScopeKey[]
  /** Workspaces that must be in reach; `all` = every one. */
  reach: readonly (number | 'all')[]
}

/** Why somebody may not any more. */
export interface Withdrawal {
  lender: Lender
  /** Name of the person or the token; null = gone. */
  name: string | null
  /** `is disabled`, and so on. */
  why: string
}

/**
 * The lender that a caller is. Null for the command line on the machine itself: its token ends with the command, and
 * whoever has the data folder may do everything.
 */
export async function lenderOf(db: Db, { kind, id }: Caller): Promise<Lender | null> {
  if (kind === 'session') return { kind: 'person', id }
  const token = await db.selectFrom('access_token').select('is_operator').where('id', '=', id).executeTakeFirst()
  return token?.is_operator === true ? null : { kind, id }
}

/** Why the lender may not do it any more; undefined where they may. */
export async function findWithdrawal(
  db: Db,
  lender: Lender,
  needs: Needs,
  { now, expires }: { now: Date; /** False where it counts that the token was valid then. */ expires: boolean },
): Promise<Withdrawal | undefined> {
  const { name, why } = await (lender.kind === 'person'
    ? askPerson(db, lender.id, needs)
    : askToken(db, lender.id, needs, { now, expires }))
  return why === undefined ? undefined : { lender, name, why }
}

type Finding = Pick<Withdrawal, 'name'> & { why: string | undefined }

const GONE: Finding = { name: null, why: 'does not exist any more' }

async function askToken(db: Db, id: number, needs: Needs, at: { now: Date; expires: boolean }): Promise<Finding> {
  const token = await rightsNow(db, id, at.now)
  return token === null ? GONE : { name: token.name, why: stateOf(token, at.expires) ?? missing(token, needs) }
}

function stateOf({ status, blockedBy }: RightsNow, expires: boolean): string | undefined {
  if (status === 'revoked') return 'was revoked'
  if (status === 'disabled') return 'is disabled'
  if (status === 'expired') return expires ? 'has expired' : undefined
  if (status !== 'blocked') return undefined
  return blockedBy === 'maker' ? 'was made by an account that is disabled' : 'breaks the token policy'
}

async function askPerson(db: Db, id: number, needs: Needs): Promise<Finding> {
  const person = await db
    .selectFrom('user')
    .select(['name', 'role', 'scopes', 'workspaces', 'disabled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (person === undefined) return GONE
  return { name: person.name, why: person.disabled_at === null ? missing(rightsOf(person), needs) : 'is disabled' }
}

function missing(held: { scopes: Scopes; workspaces: Workspaces }, { scopes, reach }: Needs): string | undefined {
  const { workspaces } = held
  if (workspaces !== 'all' && !reach.every((one) => one !== 'all' && workspaces.includes(one))) {
    return reach.includes('all') ? 'does not reach all workspaces' : 'does not reach the workspace'
  }
  const lacking = scopes.find((scope) => !hasScope(held.scopes, scope))
  return lacking === undefined ? undefined : `lacks the scope ${lacking}`
}
