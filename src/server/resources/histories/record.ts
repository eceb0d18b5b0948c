import type { Insertable } from 'kysely'

import type { Db } from '../../db/connection.ts'
import type { HistoryKind, HistoryTable } from '../../db/tables.ts'
import { storableJson } from './storable-json.ts'

/** Largest input or output that is kept, in bytes of JSON. */
export const KEPT_BYTES_MAX = 65_536
const URI_MAX = 2_000
const HEADERS_MAX = 100
const HEADER_MAX = 1_000
const HOUR_MS = 3_600_000
const KEPT_MS = 24 * HOUR_MS
/** Tasks run seldom: theirs are kept for 7 days. */
const TASKS_KEPT_MS = 7 * KEPT_MS

/** Headers whose values are credentials. */
const SECRET = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i

type Ids = Pick<
  Insertable<HistoryTable>,
  'api_group_id' | 'query_id' | 'function_id' | 'task_id' | 'middleware_id' | 'tool_id' | 'trigger_id'
>

/** One run to remember. Ids are those that the kind has. */
export interface HistoryEntry extends Partial<Ids> {
  kind: HistoryKind
  workspaceId: number
  branch: { id: number; label: string } | null
  /** When it began. */
  at: Date
  durationSeconds: number
  /** Any JSON; larger ones are replaced by a note that says how large. */
  input?: unknown
  output?: unknown
  /** HTTP status of a request's answer. */
  status?: number
  verb?: string
  uri?: string
  /** `[name, value]` each; values that hold credentials are masked. */
  requestHeaders?: readonly (readonly [string, string])[]
  responseHeaders?: readonly (readonly [string, string])[]
}

/** Writes a run into its history. Bounded in size, whatever the run was given or gave. */
export async function recordHistory(db: Db, entry: HistoryEntry): Promise<void> {
  const { kind, workspaceId, branch, at, durationSeconds, status, verb, uri, ...rest } = entry
  const { input, output, requestHeaders = [], responseHeaders = [], ...ids } = rest
  const [taken, given] = [bounded(input), bounded(output)]
  await db
    .insertInto('history')
    .values({
      ...ids,
      kind,
      workspace_id: workspaceId,
      branch_id: branch?.id ?? null,
      branch: branch?.label ?? null,
      status: status ?? null,
      verb: verb ?? null,
      uri: uri?.slice(0, URI_MAX) ?? null,
      duration: durationSeconds,
      input: taken.json,
      output: given.json,
      request_headers: headerLines(requestHeaders),
      response_headers: headerLines(responseHeaders),
      input_size: taken.bytes,
      output_size: given.bytes,
      created_at: at,
    })
    .execute()
}

function bounded(value: unknown): { json: string | null; bytes: number } {
  if (value === undefined) return { json: null, bytes: 0 }
  const json = storableJson(value)
  const bytes = Buffer.byteLength(json)
  if (bytes <= KEPT_BYTES_MAX) return { json, bytes }
  const note = `Left out: ${bytes} bytes, more than the ${KEPT_BYTES_MAX} that a history keeps.`
  return { json: JSON.stringify({ note }), bytes }
}

function headerLines(headers: readonly (readonly [string, string])[]): string {
  const lines = headers
    .slice(0, HEADERS_MAX)
    .map(([name, value]) => `${name}: ${SECRET.test(name) ? '***' : value}`.slice(0, HEADER_MAX))
  return storableJson(lines)
}

/** Forgets what is older than histories are kept: 24 hours, of tasks 7 days. Answers how many entries went. */
export async function pruneHistory(db: Db, now: Date): Promise<number> {
  const before = (ms: number): Date => new Date(now.getTime() - ms)
  const { numDeletedRows } = await db
    .deleteFrom('history')
    .where('created_at', '<', before(KEPT_MS))
    .where((where) => where.or([where('kind', '<>', 'task'), where('created_at', '<', before(TASKS_KEPT_MS))]))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
