import type { Call } from '#api/client/call.ts'
import { type Backup, type BackupStatus, listBackups } from '#api/contract/backups.ts'

export interface BackupFilter {
  workspaceId?: number
  scheduleId?: number
}

/** What the history of runs is narrowed to; what is absent narrows nothing. */
export interface RunFilter extends BackupFilter {
  kind?: Backup['kind'] | undefined
  states?: readonly BackupStatus[] | undefined
  /** `2026-11-20`, in UTC. */
  day?: string | undefined
  /** Cursor of an earlier page: only what is older. */
  before?: string | undefined
}

export interface RunPage {
  items: Backup[]
  /** Null where nothing older fits. */
  nextCursor: string | null
}

/** Runs that one look at the history asks for. */
const RUNS_PER_PAGE = 100
/** Pages that are read in search of a kind or a day, before what was found is shown with a way to go on. */
const PAGES_PER_LOOK = 20

function matches(backup: Backup, { kind, states, day }: RunFilter): boolean {
  if (kind !== undefined && backup.kind !== kind) return false
  if (states !== undefined && !states.includes(backup.status)) return false
  return day === undefined || backup.createdAt.startsWith(day)
}

/** Runs that fit, newest first. The server narrows by workspace and schedule; the rest is searched for here. */
export async function readRuns(call: Call, filter: RunFilter, signal: AbortSignal): Promise<RunPage> {
  const { workspaceId, scheduleId, day } = filter
  const items: Backup[] = []
  let cursor = filter.before
  for (let page = 0; page < PAGES_PER_LOOK; page += 1) {
    const query = { workspaceId, scheduleId, cursor, limit: RUNS_PER_PAGE }
    const found = await call(listBackups, { query, signal })
    items.push(...found.items.filter((backup) => matches(backup, filter)))
    const last = found.items.at(-1)
    const isPastDay = day !== undefined && last !== undefined && last.createdAt.slice(0, day.length) < day
    cursor = isPastDay ? undefined : (found.nextCursor ?? undefined)
    if (cursor === undefined || items.length >= RUNS_PER_PAGE) break
  }
  return { items, nextCursor: cursor ?? null }
}
