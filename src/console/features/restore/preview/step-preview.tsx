import { Button } from '#console/ui/button.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { isUnanswered } from '../is-unanswered.ts'
import { isNothing } from '../losses.ts'
import { PreviewHeading } from '../preview-heading.tsx'
import { PreviewWaiting } from '../preview-waiting.tsx'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { CompareNote } from './compare-note.tsx'
import { DiffPreview } from './diff-preview.tsx'
import { DifferenceSheet } from './difference-sheet.tsx'
import { NewPreview } from './new-preview.tsx'

/** What would change, what is lost first. Nothing is written here. */
export function StepPreview({ wizard }: { wizard: RestoreWizard }) {
  const { planned, target, hasMoved, go } = wizard
  return (
    <StepSection title="What would change" takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} />
      <p className="font-medium">Nothing has been written yet.</p>
      <PreviewBody wizard={wizard} />
      <StepFooter>
        <Button onClick={() => go({ step: 'scope' })}>Back</Button>
        <OnwardButton wizard={wizard} />
      </StepFooter>
      {target?.kind === 'existing' && planned && <DifferenceSheet wizard={wizard} diff={planned} />}
    </StepSection>
  )
}

/** The way on, once what would change is there to be looked at. */
function OnwardButton({ wizard }: { wizard: RestoreWizard }) {
  const { planned, effect, target, go } = wizard
  const isExisting = target?.kind === 'existing'
  if (effect === undefined || (isExisting && planned === undefined)) return null
  const isSame = isExisting && planned !== undefined && isNothing(planned, effect)
  return (
    <Button
      variant={isSame ? 'ghost' : 'primary'}
      disabled={isUnanswered(wizard)}
      onClick={() => go({ step: 'safety' })}
    >
      {isSame ? 'Restore anyway' : isExisting ? 'Continue to the safety backup' : 'Continue'}
    </Button>
  )
}

function PreviewBody({ wizard }: { wizard: RestoreWizard }) {
  const { preview, diff, effect, planned, target } = wizard
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
  if (planned) return <DiffPreview wizard={wizard} planned={planned} effect={effect} />
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
