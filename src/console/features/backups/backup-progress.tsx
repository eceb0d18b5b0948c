import type { Backup } from '#api/contract/backups.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Progress } from '#console/ui/progress.tsx'

import { progressFigures, stageWords } from './backup-words.ts'

/** A running backup with its real figures; the bar counts tables, whose number is known. */
export function BackupProgress({ backup }: { backup: Backup }) {
  const now = useNow(1_000)
  return (
    <div className="flex flex-col gap-1.5 rounded-lg border bg-panel px-4 py-3">
      <Progress
        label={stageWords(backup)}
        detail={progressFigures(backup, now)}
        value={backup.stage === 'rows' ? backup.tablesDone : undefined}
        total={backup.tablesTotal ?? undefined}
      />
      <p className="text-sm text-muted">Runs on the server. You can close this tab.</p>
    </div>
  )
}
