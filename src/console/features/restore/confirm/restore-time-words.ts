import type { Backup } from '#api/contract/backups.ts'
import { formatDuration } from '#console/lib/format.ts'

/**
 * `About 12 s, as the drill of this backup took.` The time of its own drill goes before all others (`expectedMs` of
 * `contract/restores.ts`); where that is not it, it may be of a restore or of another backup of the workspace.
 */
export function restoreTimeWords(ms: number, backup: Pick<Backup, 'drill'> | undefined): string {
  const drill = backup?.drill ?? null
  const drillMs = drill?.status === 'succeeded' ? drill.ms : drill?.last?.ms
  const source = drillMs === ms ? 'the drill of this backup took' : 'the last drill or restore of this workspace took'
  return `About ${formatDuration(ms)}, as ${source}.`
}
