import { uploadBackup, type Backup } from '#api/contract/backups.ts'
import { isRunning } from '#console/data/backups.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { formatCount } from '#console/lib/format.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { isRestorable } from '../archive-words.ts'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { ArchiveList } from './archive-list.tsx'
import { ArchivePassword } from './archive-password.tsx'
import { ArchiveUpload } from './archive-upload.tsx'
import { ChosenArchive } from './chosen-archive.tsx'
import { EarlierRestores } from './earlier-restores.tsx'

/** Which archive, and its password where it has one that nobody kept. */
export function StepWhat({ wizard }: { wizard: RestoreWizard }) {
  const { search, hasMoved, go, refine } = wizard
  const canUpload = useMay()(uploadBackup, 'beyond')
  if (search.backup !== undefined) return <ChosenStep wizard={wizard} />
  return (
    <>
      <StepSection
        title="What to restore"
        description={canUpload ? 'Choose a backup, or upload an archive.' : 'Choose a backup.'}
        takesFocus={hasMoved}
      >
        <ArchiveList
          workspaceId={search.of}
          onFilter={(of) => refine({ of })}
          // One that needs nothing more to be opened goes straight on.
          onChoose={({ id }) => go({ backup: id, parts: undefined, canonicals: {}, step: 'where' })}
        />
        {canUpload && (
          <ArchiveUpload onUploaded={({ id }) => go({ backup: id, parts: undefined, canonicals: {}, step: 'what' })} />
        )}
      </StepSection>
      <EarlierRestores key={search.of} workspaceId={search.of} />
    </>
  )
}

function ChosenStep({ wizard }: { wizard: RestoreWizard }) {
  const { archive, backup, isOpen, needsPassword, hasMoved, go, open } = wizard
  const chooseOther = () => go({ backup: undefined, step: 'what' })
  const goOn = () => go({ step: 'where' })

  return (
    <StepSection title="What to restore" takesFocus={hasMoved}>
      {archive.isPending && <TextSkeleton lines={4} label="Loading the backup" />}
      {archive.isLoadingError && (
        <ErrorState
          {...describeFailure(archive.error, 'Could not load the backup')}
          onRetry={() => void archive.refetch()}
          isRetrying={archive.isFetching}
        />
      )}
      {backup && <ChosenArchive backup={backup} />}
      {backup && <NotReady backup={backup} />}
      {backup && needsPassword && isRestorable(backup) ? (
        <ArchivePassword
          backupId={backup.id}
          onBack={chooseOther}
          onOpened={(proven) => {
            open(proven)
            goOn()
          }}
        />
      ) : (
        <StepFooter>
          <Button onClick={chooseOther}>Choose another</Button>
          {isOpen && (
            <Button variant="primary" onClick={goOn}>
              Restore this one
            </Button>
          )}
        </StepFooter>
      )}
    </StepSection>
  )
}

/** One that is still being made or checked is waited for; one that failed is not restored. */
function NotReady({ backup }: { backup: Backup }) {
  if (isRunning(backup)) {
    const label = backup.kind === 'uploaded' ? 'Checking the archive' : 'The backup is being made'
    return (
      <div className="rounded-lg border bg-panel px-4 py-3">
        <Progress label={label} detail={formatCount(backup.rows, 'row')} />
      </div>
    )
  }
  if (isRestorable(backup)) return null
  return (
    <Callout tone="danger" title="This one cannot be restored">
      {backup.failure?.message ?? 'The run left no archive.'}
    </Callout>
  )
}
