import { useQuery } from '@tanstack/react-query'

import { protection } from '#console/data/protection.ts'
import { cx } from '#console/lib/cx.ts'
import { formatDuration } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Skeleton } from '#console/ui/skeleton.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { recoveryPointWords } from './recovery-point-words.ts'

const LOOK_MS = 30_000
/** Less could not be seen. */
const SHARE_MIN = 0.04

const fills = { success: 'bg-success', warning: 'bg-warning', danger: 'bg-danger', muted: 'bg-(--line-strong)' }
const inks = { success: 'text-foreground', warning: 'text-warning', danger: 'text-danger', muted: 'text-muted' }

/** The line that answers the first question: how much would be lost if this workspace were lost now. */
export function RecoveryPoint({ workspaceId }: { workspaceId: number }) {
  const list = useQuery(protection.list(workspaceId))
  const now = useNow(LOOK_MS)
  if (list.isPending) return <Skeleton className="my-1 h-3.5 w-64" />
  const found = list.data?.find((item) => item.workspaceId === workspaceId)
  if (found === undefined) return 'How old the newest good backup is could not be read.'

  const passedMs = Math.max(0, now.getTime() - list.dataUpdatedAt)
  const { words, tone, share } = recoveryPointWords(found, passedMs / 1_000)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {share !== undefined && (
        <span aria-hidden className="h-1.5 w-32 overflow-hidden rounded-full bg-(--line)">
          <span
            className={cx('block h-full rounded-full', fills[tone])}
            style={{ width: `${Math.max(SHARE_MIN, share) * 100}%` }}
          />
        </span>
      )}
      <span className={cx('font-medium tabular-nums', inks[tone])}>{words}</span>
      {found.lastGood && <TextLink to={`/w/${workspaceId}/backups/${found.lastGood.id}`}>Newest good backup</TextLink>}
      {found.expectedRestoreMs !== null && <span>A restore takes about {formatDuration(found.expectedRestoreMs)}</span>}
    </div>
  )
}
