import { describeFailure } from '#console/data/describe-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ErrorState } from '#console/ui/error-state.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { PreviewGroups } from './preview-groups.tsx'
import { PreviewHeading } from './preview-heading.tsx'
import { PreviewLogic } from './preview-logic.tsx'
import { PreviewLosses } from './preview-losses.tsx'
import { PreviewTables } from './preview-tables.tsx'
import { archiveWords } from './preview-words.ts'
import { StepFooter, StepSection } from './step-section.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

export interface PreviewStepProps {
  wizard: RestoreWizard
  targetName: string
}

/** What would change, what is lost first. Nothing is written here. */
export function StepPreview({ wizard, targetName }: PreviewStepProps) {
  const { preview, hasMoved, go } = wizard
  return (
    <StepSection title="What would change" takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} targetName={targetName} />
      <Callout>Nothing has been written yet.</Callout>
      <PreviewBody wizard={wizard} targetName={targetName} />
      <StepFooter>
        <Button onClick={() => go({ step: 'where' })}>Back</Button>
        {preview.data && (
          <Button variant="primary" onClick={() => go({ step: 'confirm' })}>
            Continue
          </Button>
        )}
      </StepFooter>
    </StepSection>
  )
}

function PreviewBody({ wizard: { preview } }: PreviewStepProps) {
  if (preview.isPending) return <TableSkeleton rows={8} columns={4} label="Reading the archive and comparing" />
  if (preview.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(preview.error, 'Could not compare the archive')}
        onRetry={() => void preview.refetch()}
        isRetrying={preview.isFetching}
      />
    )
  }
  const { tables, apiGroups, summary, target } = preview.data
  return (
    <>
      {target === null ? (
        <Callout tone="success" title="Nothing is lost">
          A new workspace is made; the ones that are there are not touched.
        </Callout>
      ) : (
        <PreviewLosses preview={preview.data} />
      )}
      <PreviewTables tables={tables} hasTarget={target !== null} />
      <PreviewGroups groups={apiGroups} />
      {target !== null && <PreviewLogic preview={preview.data} />}
      <p className="text-sm text-muted tabular-nums">The archive holds {archiveWords(summary)}.</p>
    </>
  )
}
