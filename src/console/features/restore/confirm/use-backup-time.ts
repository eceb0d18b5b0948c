import { useQuery } from '@tanstack/react-query'

import { restores } from '#console/data/restores.ts'
import { formatBytes, formatDuration } from '#console/lib/format.ts'

import { isRestorable } from '../archive-words.ts'

/** How long the last whole backup of a workspace took: `12 s for 214 MB, the last time`; undefined where none is known. */
export function useBackupTime(workspaceId: number): string | undefined {
  const list = useQuery(restores.archives({ workspaceId }))
  const last = list.data?.items.find(
    (backup) =>
      isRestorable(backup) && !backup.definitionOnly && backup.kind !== 'uploaded' && backup.startedAt !== null,
  )
  if (last === undefined || last.startedAt === null || last.finishedAt === null) return undefined
  const ms = new Date(last.finishedAt).getTime() - new Date(last.startedAt).getTime()
  return `${formatDuration(ms)} for ${formatBytes(last.bytes)}, the last time`
}
