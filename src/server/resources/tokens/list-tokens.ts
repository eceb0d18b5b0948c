import { sql } from 'kysely'
import { z } from 'zod'

import { SCOPE_NAMES, type ScopeKey } from '#api/contract/scopes.ts'
import { type Token, type TokenListQuery, type TokenSort, TokenStatus } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { DANGER, isGranted, REACHES_ALL, reachesNow } from './effective-sql.ts'
import { presentTokens } from './present.ts'
import {
  type Condition,
  fromTokens,
  HAS_SUCCESSOR,
  selectTokens,
  statusAt,
  type TokenRow,
  visibleTo,
} from './select-tokens.ts'

const DAY_MS = 86_400_000
const EXPIRING_MS = 7 * DAY_MS
const UNUSED_MS = 30 * DAY_MS

export interface TokenPage {
  items: Token[]
  nextCursor: string | null
  total: number
  counts: Record<TokenStatus, number>
  attention: { expiring: number; unused: number; dangerous: number }
}

/** One page of the tokens that the caller sees. */
export async function listTokens(db: Db, caller: Caller, query: TokenListQuery, now: Date): Promise<TokenPage> {
  const visible = visibleTo(caller)
  const found = sql.join([visible, ...filters(query)], sql` and `)
  const counts = await countByStatus(db, found, now)
  const matching = query.dangerous === undefined ? found : sql`${found} and ${DANGER} > 0`
  const listed = query.dangerous === undefined ? counts : await countByStatus(db, matching, now)
  const rows = await pageRows(db, matching, query, now)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await presentTokens(db, page, now),
    nextCursor: rows.length > page.length && last !== undefined ? writeCursor(query, last) : null,
    total: query.status === undefined ? Object.values(listed).reduce((sum, one) => sum + one, 0) : listed[query.status],
    counts,
    attention: await countAttention(db, visible, now),
  }
}

function filters({ search, workspaceId, madeBy, scope }: TokenListQuery): Condition[] {
  const words = search.split(/\s+/).filter((word) => word !== '')
  return [
    ...words.map(
      (word) => sql`strpos(lower(concat_ws(' ', token.name, token.prefix, token.last_four)), lower(${word}::text)) > 0`,
    ),
    ...(workspaceId === undefined ? [] : [reachesNow(workspaceId)]),
    ...(madeBy === undefined ? [] : [sql`token.created_by = ${madeBy}`]),
    ...(scope === undefined ? [] : [wasGranted(scope)]),
  ]
}

function wasGranted(scope: ScopeKey | (typeof SCOPE_NAMES)[number]): Condition {
  const name = SCOPE_NAMES.find((known) => known === scope)
  return name === undefined ? isGranted(scope as ScopeKey) : sql`coalesce(token.scopes->>${name}, '') <> ''`
}

async function countByStatus(db: Db, matching: Condition, now: Date): Promise<Record<TokenStatus, number>> {
  const { rows } = await sql<{ status: TokenStatus; count: number }>`
    select status, count(*) as count
    from (select ${statusAt(now)} as status from ${fromTokens()} where ${matching}) as tokens
    group by status`.execute(db)
  const found = new Map(rows.map(({ status, count }) => [status, count]))
  const counts = TokenStatus.options.map((status) => [status, found.get(status) ?? 0])
  return Object.fromEntries(counts) as Record<TokenStatus, number>
}

async function countAttention(db: Db, visible: Condition, now: Date): Promise<TokenPage['attention']> {
  const { rows } = await sql<TokenPage['attention']>`
    select count(*) filter (where token.expires_at <= ${new Date(now.getTime() + EXPIRING_MS)} and not ${HAS_SUCCESSOR}) as expiring,
      count(*) filter (where coalesce(token.last_used_at, token.created_at) < ${new Date(now.getTime() - UNUSED_MS)})
        as unused,
      count(*) filter (where ${DANGER} > 0) as dangerous
    from ${fromTokens()} where ${visible} and ${statusAt(now)} = 'active'`.execute(db)
  return rows[0] ?? { expiring: 0, unused: 0, dangerous: 0 }
}

/** What is sorted by, and how it is read from a cursor. What never was or never will be is at the ends of time. */
const SORTS: Record<TokenSort, { by: Condition; type: Condition }> = {
  created: { by: sql`token.created_at`, type: sql`timestamptz` },
  name: { by: sql`lower(token.name)`, type: sql`text` },
  lastUsed: { by: sql`coalesce(token.last_used_at, '-infinity')`, type: sql`timestamptz` },
  expires: { by: sql`coalesce(token.expires_at, 'infinity')`, type: sql`timestamptz` },
  // Of two that can do the same, the one that reaches all workspaces is the more dangerous.
  danger: { by: sql`(2 * ${DANGER} + case when ${REACHES_ALL} then 1 else 0 end)`, type: sql`integer` },
}

/** One row more than asked for, if there is one. */
async function pageRows(db: Db, matching: Condition, query: TokenListQuery, now: Date): Promise<TokenRow[]> {
  const { by, type } = SORTS[query.sort]
  const beyond = query.order === 'asc' ? sql`>` : sql`<`
  const direction = query.order === 'asc' ? sql`asc` : sql`desc`
  const conditions = [matching]
  if (query.status !== undefined) conditions.push(sql`${statusAt(now)} = ${query.status}`)
  if (query.cursor !== undefined) {
    const { at, id } = readCursor(query.cursor, query)
    conditions.push(sql`(${by}, token.id) ${beyond} (${at}::${type}, ${id}::bigint)`)
  }
  const rest = sql`where ${sql.join(conditions, sql` and `)}
    order by ${by} ${direction}, token.id ${direction} limit ${query.limit + 1}`
  return selectTokens(db, now, rest, { sortedBy: by })
}

/** Where a page ended; counts only for the order it was made in. */
const Cursor = z.object({
  order: z.string(),
  at: z.string().max(500),
  id: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
})

/** As the database writes a time in UTC. */
const TIME = /^((?!0000)\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/

/** True for what the database makes a time of without an error. */
function isTime(text: string): boolean {
  if (text === 'infinity' || text === '-infinity') return true
  const [, day, clock] = TIME.exec(text) ?? []
  const at = new Date(`${day}T${clock}Z`)
  // No calendar has a 30 February: such a day comes out as another one.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${day}T${clock}`)
}

const isText = (text: string): boolean => !text.includes('\0')

/** True for what the database takes as a place in such an order. */
const IS_TOLD: Record<TokenSort, (text: string) => boolean> = {
  created: isTime,
  name: isText,
  lastUsed: isTime,
  expires: isTime,
  danger: (text) => /^\d{1,6}$/.test(text),
}

const orderOf = ({ sort, order }: TokenListQuery): string => `${sort} ${order}`

function writeCursor(query: TokenListQuery, { sorted_by: at, id }: TokenRow): string {
  return Buffer.from(JSON.stringify({ order: orderOf(query), at, id })).toString('base64url')
}

function readCursor(text: string, query: TokenListQuery): z.infer<typeof Cursor> {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (parsed.success && IS_TOLD[query.sort](parsed.data.at) && parsed.data.order === orderOf(query)) return parsed.data
  throw invalidInput('cursor', 'This is not a cursor of this list in this order. Start from the first page.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
