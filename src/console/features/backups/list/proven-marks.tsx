import { RotateCcw } from 'lucide-react'

import type { Backup } from '#api/contract/backups.ts'
import { formatDay, formatLocal } from '#console/lib/format-time.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Tooltip } from '#console/ui/tooltip.tsx'

const HOUR_MS = 3_600_000

/** `restored 12 Nov`, `drilled 12 Nov`: somebody, or a rehearsal, has really built a workspace from it. */
export function ProvenMarks({ backup }: { backup: Pick<Backup, 'restoredAt' | 'drill'> }) {
  const { restoredAt, drill } = backup
  return (
    <>
      {restoredAt !== null && <DayBadge words="restored" at={restoredAt} tone="success" />}
      {drill?.status === 'succeeded' && <DayBadge words="drilled" at={drill.at} tone="success" />}
      {drill?.status === 'failed' && <DayBadge words="drill failed" at={drill.at} tone="danger" />}
    </>
  )
}

function DayBadge({ words, at, tone }: { words: string; at: string; tone: 'success' | 'danger' }) {
  const now = useNow(HOUR_MS)
  const date = new Date(at)
  return (
    <Tooltip content={formatLocal(date)}>
      <Badge tone={tone}>
        <RotateCcw aria-hidden />
        {words} <time dateTime={at}>{formatDay(date, now)}</time>
      </Badge>
    </Tooltip>
  )
}
