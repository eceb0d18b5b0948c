import { useState } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Button } from '#console/ui/button.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { isWaiting, kindWords } from './backup-words.ts'
import { CancelBackupDialog } from './cancel-backup-dialog.tsx'
import { knownShare, progressFigures, stageWords } from './progress-words.ts'
import { RetryWords } from './retry-words.tsx'
import { StageList } from './stage-list.tsx'

interface BackupProgressProps {
  backup: Backup
  /** Its page, for where that is not the one that shows it. */
  to?: string | undefined
}

/** A running backup with its real figures, a bar where a total is known, and the stages behind it. */
export function BackupProgress({ backup, to }: BackupProgressProps) {
  const now = useNow(1_000)
  const [isCancelling, setIsCancelling] = useState(false)
  return (
    <section
      aria-label={`Backup ${backup.id} is under way`}
      className="flex flex-col gap-2 rounded-lg border bg-panel px-4 py-3"
    >
      {isWaiting(backup) ? (
        <p className="text-sm wrap-anywhere text-warning">
          <RetryWords backup={backup} />
        </p>
      ) : (
        <Progress
          label={stageWords(backup)}
          detail={progressFigures(backup, now)}
          {...(knownShare(backup) ?? {})}
          className="wrap-anywhere"
        />
      )}
      <StageList stages={backup.stages} now={now} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-muted">
          {to !== undefined && (
            <>
              <TextLink to={to}>{kindWords(backup)}</TextLink> ·{' '}
            </>
          )}
          Runs on the server. You can close this tab.
        </p>
        <Button size="sm" onClick={() => setIsCancelling(true)}>
          Cancel
        </Button>
      </div>
      {isCancelling && <CancelBackupDialog backup={backup} onClose={() => setIsCancelling(false)} />}
    </section>
  )
}
