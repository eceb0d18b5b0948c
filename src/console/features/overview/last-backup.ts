import type { Backup } from '#api/contract/backups.ts'

/** The newest backup of a list that can be restored. */
export function lastGoodBackup(items: readonly Backup[]): Backup | undefined {
  return items
    .filter(({ status }) => status === 'succeeded' || status === 'warnings')
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
}
