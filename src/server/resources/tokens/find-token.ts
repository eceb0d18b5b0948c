import type { Scopes } from '#api/contract/scopes.ts'
import type { TokenStatus } from '#api/contract/tokens.ts'

import { type Caller, rightsOf } from '../../caller.ts'
import { isTokenForm, sha256 } from '../../credentials.ts'
import type { Connection } from '../../db/connection.ts'
import { selectPrepared } from '../../db/prepared.ts'
import type { Role } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { type PlaceKey, TABLE_VERSION_SQL } from '../../tables/rows/table-place.ts'
import { isAllowedAddress } from './allowed-addresses.ts'
import { intersect, lowestRole } from './rights.ts'
import { blockedSql, POLICY_KEY, statusSql } from './status-sql.ts'

/** Last use is written at most this often. */
const USED_EVERY_MS = 60_000

/** What the one look-up reads. */
interface Found {
  id: number
  name: string
  prefix: string
  last_four: string
  scopes: Scopes
  workspaces: number[] | null
  allowed_ips: string[] | null
  expires_at: Date | null
  last_used_at: Date | null
  status: TokenStatus
  blocked_by: 'policy' | 'maker' | null
  created_by: number | null
  role_ceiling: Role | null
  user_email: string | null
  user_name: string | null
  user_role: Role | null
  user_scopes: Scopes | null
  user_workspaces: number[] | null
  table_version: string | null
}

const TABLES = { token: 'token', maker: 'maker', policy: 'policy' }

const FIND_TOKEN = {
  name: 'metadeck_find_token',
  text: `select token.id, token.name, token.prefix, token.last_four, token.scopes, token.workspaces, token.allowed_ips,
    token.expires_at, token.last_used_at, token.created_by, token.role_ceiling,
    ${statusSql(TABLES, '$5::timestamptz')} as status, ${blockedSql(TABLES)} as blocked_by,
    maker.email as user_email, maker.name as user_name, maker.role as user_role,
    maker.scopes as user_scopes, maker.workspaces as user_workspaces,
    (${TABLE_VERSION_SQL('$2', '$3', '$4')}) as table_version
    from metadeck.access_token as token
    left join metadeck."user" as maker on maker.id = token.created_by
    left join metadeck.setting as policy on policy.key = '${POLICY_KEY}'
    where token.hash = $1`,
}

/** Who calls, without what they may do. */
export type Bearer = Pick<Caller, 'kind' | 'id' | 'label' | 'user'>

/** What one look into the database tells of a request with a token that exists. */
export interface FoundToken {
  /** Whose token it is, let in or not. */
  bearer: Bearer
  /** Who the token makes its bearer; null where it is not let in. */
  caller: Caller | null
  /** Why it is not let in, where its bearer is told more than of a token that is not valid. */
  refusal: AppError | null
  /** Version of the table that the request is about; null where there is none. */
  tableVersion: string | null
}

/** What a look-up is asked. */
export interface TokenRequest {
  secret: string
  address: string
  table: PlaceKey | null
  /** True where the last use is not to be written. */
  isTrial?: boolean
}

/**
 * The token of this secret; null when there is none. Found by the hash alone, and read from the database each time, so
 * that whatever is done to a token, its maker or the policy counts from the very next request, in every process. The
 * version of the table that the request is about comes with the same round trip, as every access to rows needs it next.
 */
export async function findToken(
  { pool, db }: Pick<Connection, 'pool' | 'db'>,
  request: TokenRequest,
  now: Date,
): Promise<FoundToken | null> {
  const { secret, address, table } = request
  if (!isTokenForm(secret)) return null
  const values = [sha256(secret), table?.workspaceId, table?.tableId, table?.dataSource, now]
  const [row] = await selectPrepared<Found>(pool, FIND_TOKEN, values)
  if (row === undefined) return null
  const refusal = refusalOf(row, address)
  const bearer = bearerOf(row)
  if (refusal !== null || row.status !== 'active') return { bearer, caller: null, refusal, tableVersion: null }
  const isDue = row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > USED_EVERY_MS
  if (isDue && request.isTrial !== true) {
    await db
      .updateTable('access_token')
      .set({ last_used_at: now, last_used_from: address })
      .where('id', '=', row.id)
      .execute()
  }
  const caller = { ...bearer, ...rightsNowOf(row), expiresAt: row.expires_at }
  return { bearer, caller, refusal: null, tableVersion: row.table_version }
}

/** From elsewhere a bearer learns only that: not what else may be wrong with the token. */
function refusalOf({ status, blocked_by: blockedBy, allowed_ips: allowed }: Found, address: string): AppError | null {
  if (status === 'revoked' || status === 'expired') return null
  if (allowed !== null && !isAllowedAddress(allowed, address)) {
    return new AppError('access_denied', 'Access Denied. This access token may not be used from this address.', {
      payload: { reason: 'address' },
    })
  }
  if (status === 'disabled') {
    return refused('disabled', 'This access token is disabled. Enable it in the console, or use another one.')
  }
  if (status !== 'blocked') return null
  return blockedBy === 'maker'
    ? refused('maker', 'The account that made this access token is disabled. Use a token of another account.')
    : refused('policy', 'This access token breaks the token policy of this server. Rotate it in the console.')
}

function refused(reason: string, message: string): AppError {
  return new AppError('unauthorized', `Unauthorized - ${message}`, { payload: { reason } })
}

function bearerOf(row: Found): Bearer {
  return { kind: 'token', id: row.id, label: `${row.name} (${row.prefix}…${row.last_four})`, user: makerOf(row) }
}

/** The bearer may do what the token says, and of that only what its maker may do now. */
function rightsNowOf(row: Found): Pick<Caller, 'scopes' | 'workspaces' | 'granted'> {
  const granted = { scopes: row.scopes, workspaces: row.workspaces ?? ('all' as const) }
  if (row.user_role !== 'member') return granted
  const held = rightsOf({ role: 'member', scopes: row.user_scopes, workspaces: row.user_workspaces })
  return { ...intersect(granted, held), granted }
}

/** The person who made the token, with the role that it lends; null once that account is gone. */
function makerOf(row: Found): Caller['user'] {
  const { created_by: id, user_email: email, user_name: name } = row
  const role = row.user_role === null ? null : lowestRole(row.user_role, row.role_ceiling)
  return id === null || email === null || name === null || role === null ? null : { id, email, name, role }
}
