import { useQuery } from '@tanstack/react-query'

import type { Backup } from '#api/contract/backups.ts'
import { listRestores, undoRestore, type Restore } from '#api/contract/restores.ts'
import { restores } from '#console/data/restores.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Badge } from '#console/ui/badge.tsx'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { isRestorable } from '../backup-words.ts'
import { restoreState } from './restore-state.ts'

/** What was restored from it, and what a restore would change now. */
export function RestoresPanel({ backup, atHand }: { backup: Backup; atHand: number }) {
  const list = useQuery(restores.list({ backupId: backup.id }))
  const items = list.data?.items ?? []
  const seesAll = useMay()(listRestores, 'beyond')
  if (!isRestorable(backup) && items.length === 0) return null
  return (
    <Panel
      title="Restores"
      actions={
        isRestorable(backup) && (
          <ButtonLink size="sm" to={`/restore?backup=${backup.id}&into=${backup.workspaceId ?? atHand}&step=preview`}>
            What changed since
          </ButtonLink>
        )
      }
      flush={items.length > 0}
    >
      {list.isLoadingError && <p className="text-sm text-warning">The restores made from it could not be read.</p>}
      {items.length === 0 && !list.isLoadingError && (
        <p className="text-sm text-muted">
          {seesAll ? 'Nothing was restored from it yet.' : 'No restore of it is within your reach.'} Comparing it with
          the workspace writes nothing.
        </p>
      )}
      {items.length > 0 && (
        <ul className="max-h-72 overflow-y-auto text-sm">
          {items.map((restore) => (
            <RestoreRow key={restore.id} restore={restore} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function RestoreRow({ restore }: { restore: Restore }) {
  const { words, tone, canUndo } = restoreState(restore)
  const mayUndo = useMay()(undoRestore)
  const path = `/restores/${restore.id}`
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 not-last:border-b">
      <TextLink look="quiet" to={path} className="min-w-0 wrap-anywhere">
        {restore.newBranch === null ? 'Into' : `Branch ${restore.newBranch} of`} {restore.workspaceName}
      </TextLink>
      <RelativeTime at={restore.createdAt} className="whitespace-nowrap text-muted" />
      <Badge tone={tone}>{words}</Badge>
      {canUndo && mayUndo && (
        <TextLink to={path} className="ml-auto">
          Undo this restore
        </TextLink>
      )}
    </li>
  )
}
