import { describeFailure } from '#console/data/describe-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { ArchiveList } from './archive-list.tsx'
import { ArchivePassword } from './archive-password.tsx'
import { ArchiveUpload } from './archive-upload.tsx'
import { ChosenArchive } from './chosen-archive.tsx'
import { StepFooter, StepSection } from './step-section.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

/** Which archive, and its password where it has one. */
export function StepWhat({ wizard }: { wizard: RestoreWizard }) {
  const { search, hasMoved, go } = wizard
  if (search.backup !== undefined) return <ChosenStep wizard={wizard} />
  return (
    <StepSection
      title="What to restore"
      description="Choose a backup, or upload an archive file."
      takesFocus={hasMoved}
    >
      <ArchiveUpload onUploaded={({ id }) => go({ backup: id })} />
      <ArchiveList onChoose={({ id }) => go({ backup: id })} />
    </StepSection>
  )
}

function ChosenStep({ wizard }: { wizard: RestoreWizard }) {
  const { archive, backup, isOpen, hasMoved, go, open } = wizard
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
      {backup?.encrypted && !isOpen ? (
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
              Continue
            </Button>
          )}
        </StepFooter>
      )}
    </StepSection>
  )
}
