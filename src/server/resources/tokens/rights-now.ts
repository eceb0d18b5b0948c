import { sql } from 'kysely'

import type { Scopes } from '#api/contract/scopes.ts'
import type { TokenStatus } from '#api/contract/tokens.ts'

import { rightsOf } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Role } from '../../db/tables.ts'
import { intersect, type Rights } from './rights.ts'
import { BLOCKED_BY, fromTokens, statusAt } from './select-tokens.ts'

/** What a token may do at this moment. */
export interface RightsNow extends Rights {
  name: string
  status: TokenStatus
  blockedBy: 'policy' | 'maker' | null
}

/** What was granted, and what the maker holds; no role where no maker is known. */
interface Bounds {
  scopes: Scopes
  workspaces: number[] | null
  maker_role: Role | null
  maker_scopes: Scopes | null
  maker_workspaces: number[] | null
}

interface Row extends Bounds {
  name: string
  status: TokenStatus
  blocked_by: RightsNow['blockedBy']
}

/**
 * What a token may do now, for what runs with its rights and sends no secret; null where it does not exist. Bounded by
 * what its maker may do, as calls with it are. An allow-list says nothing here: there is no address.
 */
export async function rightsNow(db: Db, id: number, now: Date): Promise<RightsNow | null> {
  const { rows } = await sql<Row>`
    select token.name, ${statusAt(now)} as status, ${BLOCKED_BY} as blocked_by, token.scopes, token.workspaces,
      maker.role as maker_role, maker.scopes as maker_scopes, maker.workspaces as maker_workspaces
    from ${fromTokens()} where token.id = ${id}`.execute(db)
  const [row] = rows
  if (row === undefined) return null
  const { name, status } = row
  return { name, status, blockedBy: status === 'blocked' ? row.blocked_by : null, ...boundRights(row) }
}

/** What was granted and the maker may do now. */
export function boundRights(row: Bounds): Rights {
  const granted = { scopes: row.scopes, workspaces: row.workspaces ?? ('all' as const) }
  const { maker_role: role, maker_scopes: scopes, maker_workspaces: workspaces } = row
  return role === null ? granted : intersect(granted, rightsOf({ role, scopes, workspaces }))
}
