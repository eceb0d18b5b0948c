import { createHash } from 'node:crypto'

import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'

import type { Db } from './db/connection.ts'
import { AppError } from './errors.ts'
import type { Trail } from './route.ts'

/** Characters of the hash that an `ETag` shows. */
const ETAG_LENGTH = 32
/** Changes named in the refusal, newest last. */
const CHANGES_MAX = 20

/** The parts of a handler's input that versions are read from and written to. */
interface Versioned {
  request: FastifyRequest
  reply: FastifyReply
  trail: Trail
}

/** What a definition is known by in the audit trail: `{kind: 'table', id: 4}`. */
export interface VersionTarget {
  kind: string
  id: number | string
}

/**
 * The version of a definition: a hash of what it says. Ids and times must not be in `content`, so that a write that
 * changes nothing changes no version. Keys count in any order.
 */
export function etagOf(content: unknown): string {
  return `"${createHash('sha256').update(stableJson(content)).digest('hex').slice(0, ETAG_LENGTH)}"`
}

function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, item]) => item !== undefined)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  )
}

/** Answers with the version in `ETag`, and notes it for the audit record of a write. */
export function sendVersion({ reply, trail }: Versioned, content: unknown): void {
  const etag = etagOf(content)
  trail.etag = etag
  void reply.header('etag', etag)
}

/**
 * Refuses a write that was made for another version: 409 telling who changed what since. Without `If-Match` everything
 * passes. `content` is what the definition says now; read it under the lock that the write holds.
 */
export async function requireVersion(
  db: Db,
  { request }: Pick<Versioned, 'request'>,
  target: VersionTarget,
  content: unknown,
): Promise<void> {
  const wanted = request.headers['if-match']?.trim()
  if (wanted === undefined || wanted === '*') return
  const current = etagOf(content)
  const tags = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (tags.includes(current)) return
  const changes = await changesSince(db, target, tags)
  const last = changes.at(-1)
  const who = last === undefined ? '' : ` It was last changed by ${last.by} at ${last.at} (${last.action}).`
  throw new AppError(
    'conflict',
    `This ${target.kind.replaceAll('_', ' ')} is not the version that was asked for with If-Match.${who} Read it again, then send the change for the version that is there now.`,
    { payload: { reason: 'version', etag: current, changes } },
  )
}

interface Change {
  at: string
  by: string
  action: string
  detail: Record<string, unknown>
}

/**
 * Writes that made another version, after the one that made any of the known versions; only the last one where none
 * did, as what came before is none of the caller's business then.
 */
async function changesSince(db: Db, target: VersionTarget, tags: readonly string[]): Promise<Change[]> {
  const ofTarget = sql<boolean>`target ->> 'kind' = ${target.kind} and target ->> 'id' = ${String(target.id)}`
  const known = await db
    .selectFrom('audit_record')
    .select((select) => select.fn.max('id').as('id'))
    .where(ofTarget)
    .where(sql<boolean>`detail ->> 'etag' = any (${[...tags]})`)
    .executeTakeFirst()
  const versions = db
    .selectFrom('audit_record')
    .select(['id', 'at', 'actor_label', 'action', 'detail'])
    .select(sql<string | null>`lag(detail ->> 'etag') over (order by id)`.as('before'))
    .where(ofTarget)
    .where(sql<boolean>`detail ->> 'etag' is not null`)
  const records = await db
    .selectFrom(versions.as('version'))
    .select(['at', 'actor_label', 'action', 'detail'])
    .where('id', '>', known?.id ?? 0)
    // A write that changed nothing made no version.
    .where(sql<boolean>`detail ->> 'etag' is distinct from before`)
    .orderBy('id', 'desc')
    .limit(typeof known?.id === 'number' ? CHANGES_MAX : 1)
    .execute()
  return records.toReversed().map(({ at, actor_label: by, action, detail }) => {
    const { etag: _etag, ...rest } = detail
    return { at: at.toISOString(), by, action, detail: rest }
  })
}
