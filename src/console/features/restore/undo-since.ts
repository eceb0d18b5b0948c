import type { ArchiveDiff } from '#api/contract/diffs.ts'
import type { Restore } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

import { undoneParts } from './undo-words.ts'

/** Reading an archive only to count is not worth more than this, in bytes as stored. */
export const COUNTED_MAX_BYTES = 100_000_000

/** True where the undo puts something over a workspace that was there before the restore. */
export const overwrites = ({ intoNew, newBranch }: Pick<Restore, 'intoNew' | 'newBranch'>): boolean =>
  !intoNew && newBranch === null

export interface SinceQuestion {
  backupId: number
  workspaceId: number
  /** Absent = all of them. */
  tables?: string[]
}

type Asked = Pick<Restore, 'backupId' | 'workspaceId' | 'scope' | 'intoNew' | 'newBranch' | 'undoOf'>

/**
 * The comparison that tells which rows were written since: of the workspace with the archive that was restored into it.
 * Undefined where it would tell something else, because rows that were there had stayed, and where no rows were restored.
 */
export function sinceQuestion({ backupId, workspaceId, scope, ...restore }: Asked): SinceQuestion | undefined {
  if (backupId === null || workspaceId === null || !overwrites(restore)) return undefined
  const parts = undoneParts(scope)
  if (parts === undefined || scope === null) return { backupId, workspaceId }
  // An undo puts tables back whole, whatever the restore did that it takes back.
  const wasReplaced = scope.rows === 'replace' || restore.undoOf !== null
  if (!wasReplaced || parts.tables.length === 0) return undefined
  return { backupId, workspaceId, tables: parts.tables.toSorted() }
}

/** `12 rows were written since, 3 changed and 1 was deleted.`; undefined where the archive holds no rows to compare. */
export function sinceWords({ tables }: Pick<ArchiveDiff, 'tables'>): string | undefined {
  if (tables.some(({ effect, removed }) => removed === null && effect !== 'removed')) return undefined
  const sum = (kind: 'added' | 'changed' | 'removed') => tables.reduce((total, table) => total + (table[kind] ?? 0), 0)
  // Seen from the archive: what only the workspace has was written, what it lacks was deleted.
  const parts = [
    [sum('removed'), 'was written', 'were written'],
    [sum('changed'), 'was changed', 'were changed'],
    [sum('added'), 'was deleted', 'were deleted'],
  ] as const
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, one, many], at) => {
      const number = at === 0 ? formatCount(count, 'row') : formatNumber(count)
      return `${number} ${count === 1 ? one : many}`
    })
  const last = said.pop()
  if (last === undefined) return 'No row was written, changed or deleted since.'
  return `${said.length === 0 ? last : `${said.join(', ')} and ${last}`} since.`
}
