import type { Backup } from '#api/contract/backups.ts'

/** The newest backup of a list that brings the data back. */
export function lastGoodBackup(items: readonly Backup[]): Backup | undefined {
  return items
    .filter(({ status, definitionOnly }) => (status === 'succeeded' || status === 'warnings') && !definitionOnly)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
}
