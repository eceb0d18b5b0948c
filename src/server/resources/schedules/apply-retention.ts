import type { Deps } from '../../deps.ts'

/** Removes what a schedule's retention keeps no longer. Pinned and safety backups and the last good one always stay. */
export function applyRetention(
  _deps: Pick<Deps, 'connection' | 'targets' | 'hub' | 'log'>,
  _scheduleId: number,
): Promise<void> {
  return Promise.resolve()
}
