import type { Backup } from '#api/contract/backups.ts'
import { isRunning } from '#console/data/backups.ts'

import { BackupFacts } from './backup-facts.tsx'
import { BackupProgress } from './backup-progress.tsx'
import { BackupTrouble } from './backup-trouble.tsx'
import { hasArchive, isRestorable } from './backup-words.ts'
import { CoveragePanel } from './coverage-panel.tsx'
import { DrillPanel } from './drill-panel.tsx'
import { KeepPanel } from './keep-panel.tsx'
import { ReadBackupDialog } from './read-backup-dialog.tsx'
import { RestoresPanel } from './restores-panel.tsx'
import { StagesPanel } from './stages-panel.tsx'
import { useReadBackup } from './use-read-backup.ts'
import { VerificationPanel } from './verification-panel.tsx'

/** Everything about one backup: what is wrong first, then what is proven, then what is in it. */
export function BackupContent({ backup, atHand }: { backup: Backup; atHand: number }) {
  const read = useReadBackup()
  return (
    <>
      {isRunning(backup) && <BackupProgress backup={backup} />}
      <BackupTrouble backup={backup} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <BackupFacts backup={backup} />
          {!isRunning(backup) && <KeepPanel key={backup.note} backup={backup} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {hasArchive(backup) && (
            <VerificationPanel
              backup={backup}
              isStarting={read.isPending}
              onVerify={() => read.start('verify', backup)}
            />
          )}
          {isRestorable(backup) && (
            <DrillPanel backup={backup} isStarting={read.isPending} onDrill={() => read.start('drill', backup)} />
          )}
          <RestoresPanel backup={backup} atHand={atHand} />
          {!isRunning(backup) && <StagesPanel backup={backup} />}
        </div>
      </div>
      <CoveragePanel backup={backup} />
      {read.asked && <ReadBackupDialog read={read} />}
    </>
  )
}
