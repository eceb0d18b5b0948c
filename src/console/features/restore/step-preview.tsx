import { Button } from '#console/ui/button.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { CompareNote } from './compare-note.tsx'
import { DiffPreview } from './diff-preview.tsx'
import { isNothing } from './diff-words.ts'
import { DifferenceSheet } from './difference-sheet.tsx'
import { NewPreview } from './new-preview.tsx'
import { PreviewHeading } from './preview-heading.tsx'
import { PreviewWaiting } from './preview-waiting.tsx'
import { StepFooter, StepSection } from './step-section.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

/** What would change, what is lost first. Nothing is written here. */
export function StepPreview({ wizard }: { wizard: RestoreWizard }) {
  const { diff, effect, target, hasMoved, go } = wizard
  const isExisting = target?.kind === 'existing'
  const isReady = effect !== undefined && (!isExisting || diff.data !== undefined)
  const isSame = isExisting && effect !== undefined && diff.data !== undefined && isNothing(diff.data, effect)
  return (
    <StepSection title="What would change" takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} />
      <p className="font-medium">Nothing has been written yet.</p>
      <PreviewBody wizard={wizard} />
      <StepFooter>
        <Button onClick={() => go({ step: 'scope' })}>Back</Button>
        {isReady && (
          <Button variant={isSame ? 'ghost' : 'primary'} onClick={() => go({ step: 'safety' })}>
            {isSame ? 'Restore anyway' : isExisting ? 'Continue to the safety backup' : 'Continue'}
          </Button>
        )}
      </StepFooter>
      {diff.data && <DifferenceSheet wizard={wizard} diff={diff.data} />}
    </StepSection>
  )
}

function PreviewBody({ wizard }: { wizard: RestoreWizard }) {
  const { preview, diff, effect, target } = wizard
  if (effect === undefined) {
    return (
      <PreviewWaiting
        query={preview}
        title="Could not read the archive"
        skeleton={<TableSkeleton rows={8} columns={3} label="Reading the archive" />}
      />
    )
  }
  if (target?.kind !== 'existing') return <NewPreview wizard={wizard} effect={effect} />
  if (diff.data) return <DiffPreview wizard={wizard} diff={diff.data} effect={effect} />
  return (
    <>
      {diff.isPending && <CompareNote />}
      <PreviewWaiting
        query={diff}
        title="Could not compare the archive"
        skeleton={<TableSkeleton rows={8} columns={5} label="Comparing the archive with the workspace" />}
      />
    </>
  )
}
