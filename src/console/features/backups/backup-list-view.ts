import { z } from 'zod'

import type { Backup } from '#api/contract/backups.ts'
import { formatGrowth } from '#console/lib/format.ts'

const BackupView = z.object({
  show: z.enum(['workspace', 'uploaded', 'all']).catch('workspace'),
  sort: z.enum(['when', 'size', 'rows']).catch('when'),
  order: z.enum(['asc', 'desc']).catch('desc'),
})
export type BackupView = z.infer<typeof BackupView>

export const readBackupView = (params: URLSearchParams): BackupView => BackupView.parse(Object.fromEntries(params))

const KEYS: Record<BackupView['sort'], (backup: Backup) => number> = {
  when: ({ createdAt }) => new Date(createdAt).getTime(),
  size: ({ bytes }) => bytes,
  rows: ({ rows }) => rows,
}

/** Narrowed and ordered here: the server answers all backups it is asked for at once. */
export function viewBackups(items: readonly Backup[], view: BackupView): Backup[] {
  const sign = view.order === 'asc' ? 1 : -1
  const keyOf = KEYS[view.sort]
  return items
    .filter(({ kind }) => view.show !== 'uploaded' || kind === 'uploaded')
    .toSorted((a, b) => sign * (keyOf(a) - keyOf(b)) || b.id - a.id)
}

/** Whether two backups hold the same kind of thing, so that comparing their sizes says something. */
const isComparable = (a: Backup, b: Backup): boolean =>
  a.workspaceId === b.workspaceId &&
  a.branch === b.branch &&
  a.definitionOnly === b.definitionOnly &&
  a.kind !== 'uploaded' &&
  b.kind !== 'uploaded'

/** Growth of each backup against the one before it: `+2%`. */
export function growthById(items: readonly Backup[]): Map<number, string> {
  const done = items
    .filter(({ status }) => status === 'succeeded' || status === 'warnings')
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  const growth = new Map<number, string>()
  for (const [index, backup] of done.entries()) {
    const before = done.slice(0, index).findLast((other) => isComparable(other, backup))
    const words = before && formatGrowth(before.bytes, backup.bytes)
    if (words !== undefined) growth.set(backup.id, words)
  }
  return growth
}
