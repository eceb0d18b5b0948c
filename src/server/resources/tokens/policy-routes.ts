import { isDeepStrictEqual } from 'node:util'

import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'

import * as contract from '#api/contract/token-policy.ts'

import type { Deps } from '../../deps.ts'
import { invalidInput } from '../../errors.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { listDependants, presentDependant } from './dependants.ts'
import { listViolations, readPolicy, writePolicy } from './policy.ts'
import { presentTokens } from './present.ts'
import { fromTokens, HAS_SUCCESSOR, selectTokens, statusAt, visibleTo } from './select-tokens.ts'

const DAY_MS = 86_400_000
/** Days before a token's end at which it is warned of. */
const WARNINGS = [1, 7, 14] as const

type TokenDeps = Pick<Deps, 'connection' | 'now'>

/** The rules for tokens, the tokens that break them, and the tokens that end soon. */
export function registerTokenPolicy(app: FastifyInstance, deps: TokenDeps): void {
  registerPolicy(app, deps)
  registerExpiring(app, deps)
}

function registerPolicy(app: FastifyInstance, { connection: { db }, now }: TokenDeps): void {
  serve(app, contract.getTokenPolicy, () => readPolicy(db))

  serve(app, contract.putTokenPolicy, async ({ body, caller, trail }) => {
    const before = await db.transaction().execute((trx) => writePolicy(trx, body))
    const { total } = await listViolations(db, caller, 0, now())
    trail.target = { kind: 'token_policy' }
    trail.detail = { violations: total }
    Object.assign(trail, changed(before, body))
    trail.isIdle = isDeepStrictEqual(before, body)
    return { ...body, violations: total }
  })

  serve(app, contract.listTokenViolations, async ({ query, caller }) => {
    const { maxLifeSeconds, allowsNever } = query
    const limit = contract.VIOLATIONS_MAX
    if (maxLifeSeconds === undefined && allowsNever === undefined) return listViolations(db, caller, limit, now())
    if (maxLifeSeconds === undefined || allowsNever === undefined) {
      const missing = maxLifeSeconds === undefined ? 'maxLifeSeconds' : 'allowsNever'
      throw invalidInput(missing, `Missing param: ${missing}. To try a policy, give both of its limits.`)
    }
    const policy = { ...(await readPolicy(db)), maxLifeSeconds, allowsNever }
    return listViolations(db, caller, limit, now(), policy)
  })
}

function registerExpiring(app: FastifyInstance, { connection: { db }, now }: TokenDeps): void {
  serve(app, contract.listExpiringTokens, async ({ query: { days }, caller }) => {
    const at = now()
    const ending = sql`where ${visibleTo(caller)} and ${statusAt(at)} = 'active'
      and token.expires_at <= ${new Date(at.getTime() + days * DAY_MS)}
      and not ${HAS_SUCCESSOR}`
    const rest = sql`${ending} order by token.expires_at, token.id limit ${contract.EXPIRING_MAX}`
    const shown = await selectTokens(db, at, rest)
    const counted = await sql<{ total: number }>`select count(*) as total from ${fromTokens()} ${ending}`.execute(db)
    const tokens = await presentTokens(db, shown, at)
    const dependants = Map.groupBy(
      await listDependants(
        db,
        shown.map(({ id }) => id),
      ),
      ({ tokenId }) => tokenId,
    )
    return {
      items: tokens.flatMap((token) => {
        const { id, expiresAt } = token
        if (expiresAt === null) return []
        const breaks = (dependants.get(id) ?? []).map(presentDependant)
        return [{ token, expiresAt, warning: warningOf(expiresAt, at), breaks }]
      }),
      total: counted.rows[0]?.total ?? 0,
    }
  })
}

function warningOf(expiresAt: string, now: Date): 1 | 7 | 14 | null {
  const left = Date.parse(expiresAt) - now.getTime()
  return WARNINGS.find((days) => left <= days * DAY_MS) ?? null
}
