import type { Backup } from '#api/contract/backups.ts'
import { STATUS_WORDS } from '#console/data/run-words.ts'
import { Badge } from '#console/ui/badge.tsx'

import { isWaiting, troubleWords } from '../backup-words.ts'
import { RetryWords } from '../retry-words.tsx'

/** How it ended or where it stands, and at once what is wrong with it. */
export function RunState({ backup }: { backup: Backup }) {
  const { words, tone } = STATUS_WORDS[backup.status]
  const trouble = troubleWords(backup)
  return (
    <span className="flex flex-col gap-y-0.5">
      <Badge tone={tone}>{words}</Badge>
      {isWaiting(backup) && (
        <span className="line-clamp-3 text-xs wrap-anywhere text-warning">
          <RetryWords backup={backup} />
        </span>
      )}
      {trouble !== undefined && (
        <span className={`line-clamp-2 text-xs wrap-anywhere ${tone === 'danger' ? 'text-danger' : 'text-warning'}`}>
          {trouble}
        </span>
      )}
    </span>
  )
}
