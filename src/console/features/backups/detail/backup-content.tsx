import type { ReactNode } from 'react'

import type { Backup } from '#api/contract/backups.ts'
import { isRunning } from '#console/data/backups.ts'

import { BackupProgress } from '../backup-progress.tsx'
import { hasArchive, isRestorable } from '../backup-words.ts'
import { ReadBackupDialog } from '../read-backup-dialog.tsx'
import { useReadBackup } from '../use-read-backup.ts'
import { BackupFacts } from './backup-facts.tsx'
import { BackupTrouble } from './backup-trouble.tsx'
import { CoveragePanel } from './coverage-panel.tsx'
import { DrillPanel } from './drill-panel.tsx'
import { KeepPanel } from './keep-panel.tsx'
import { RestoresPanel } from './restores-panel.tsx'
import { StagesPanel } from './stages-panel.tsx'
import { VerificationPanel } from './verification-panel.tsx'

/** Everything about one backup: what is wrong first, then what is proven, then what is in it. */
export function BackupContent({ backup, atHand }: { backup: Backup; atHand: number }) {
  const read = useReadBackup()
  return (
    <>
      {isRunning(backup) && <BackupProgress backup={backup} />}
      <BackupTrouble backup={backup} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {hasArchive(backup) && (
          <Column>
            <VerificationPanel
              backup={backup}
              isStarting={read.isVerifying}
              onVerify={() => read.start('verify', backup)}
            />
            {isRestorable(backup) && (
              <DrillPanel backup={backup} isStarting={read.isDrilling} onDrill={() => read.start('drill', backup)} />
            )}
            <RestoresPanel backup={backup} atHand={atHand} />
            <StagesPanel backup={backup} />
          </Column>
        )}
        <Column>
          <BackupFacts backup={backup} />
          {!isRunning(backup) && <KeepPanel key={backup.note} backup={backup} />}
        </Column>
        {!hasArchive(backup) && !isRunning(backup) && (
          <Column>
            <StagesPanel backup={backup} />
            <RestoresPanel backup={backup} atHand={atHand} />
          </Column>
        )}
      </div>
      <CoveragePanel backup={backup} />
      {read.asked && <ReadBackupDialog read={read} />}
    </>
  )
}

function Column({ children }: { children: ReactNode }) {
  return <div className="flex min-w-0 flex-col gap-4">{children}</div>
}
