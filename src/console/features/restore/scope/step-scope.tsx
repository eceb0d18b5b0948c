import type { RestorePreview } from '#api/contract/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { canonicalError } from '../canonical-words.ts'
import { archiveWords } from '../effect-words.ts'
import { isUnanswered } from '../is-unanswered.ts'
import { hasParts, NO_PARTS } from '../parts.ts'
import { PreviewWaiting } from '../preview-waiting.tsx'
import { emptiesTables, missingTables } from '../scope-words.ts'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { CanonicalChoices } from './canonical-choices.tsx'
import { ScopeParts } from './scope-parts.tsx'

const SCOPES = [
  { value: 'all', label: 'Everything' },
  { value: 'parts', label: 'Chosen parts' },
] as const

/** Everything, or some parts with what they depend on. */
export function StepScope({ wizard }: { wizard: RestoreWizard }) {
  const { preview, hasMoved, go } = wizard
  return (
    <StepSection title="How much of it" takesFocus={hasMoved}>
      <PreviewWaiting
        query={preview}
        title="Could not read the archive"
        skeleton={<TableSkeleton rows={6} columns={3} label="Reading the archive" />}
      />
      {preview.data && <ScopeBody wizard={wizard} preview={preview.data} />}
      <StepFooter>
        <Button onClick={() => go({ step: 'where' })}>Back</Button>
        <Button variant="primary" disabled={!isComplete(wizard)} onClick={() => go({ step: 'preview' })}>
          Continue to the preview
        </Button>
      </StepFooter>
    </StepSection>
  )
}

function isComplete(wizard: RestoreWizard): boolean {
  const {
    preview: { data },
    effect,
    target,
    parts,
    search,
  } = wizard
  if (data === undefined || effect === undefined || isUnanswered(wizard)) return false
  if (target?.kind === 'existing' && emptiesTables(effect)) return false
  if (parts !== undefined && (!hasParts(parts) || missingTables(parts.tables, data).length > 0)) return false
  const { takenCanonicals } = effect
  return takenCanonicals.every((taken) => canonicalError(taken, takenCanonicals, search.canonicals) === undefined)
}

function ScopeBody({ wizard, preview }: { wizard: RestoreWizard; preview: RestorePreview }) {
  const { target, targetName, parts, effect, refine } = wizard
  return (
    <>
      <Field label="Restore" group hint={scopeHint(wizard, preview)}>
        <ChoiceChips
          choices={SCOPES}
          value={parts === undefined ? 'all' : 'parts'}
          onValueChange={(scope) => refine({ parts: scope === 'all' ? undefined : NO_PARTS })}
        />
      </Field>
      {target?.kind === 'existing' && effect !== undefined && emptiesTables(effect) && (
        <Callout tone="danger" title="This backup holds no rows">
          It would empty tables of {targetName}, so they are not restored there. Go back and choose a new workspace or a
          new branch, or choose another backup.
        </Callout>
      )}
      {parts === undefined ? (
        <CanonicalChoices wizard={wizard} taken={preview.takenCanonicals} />
      ) : (
        <ScopeParts wizard={wizard} preview={preview} parts={parts} />
      )}
    </>
  )
}

function scopeHint({ parts, target }: RestoreWizard, { summary }: RestorePreview): string {
  if (target?.kind === 'branch') {
    return parts === undefined
      ? 'All API groups and constructs of the backup. Tables that are missing are added, empty.'
      : 'Only what you choose comes into the new branch.'
  }
  if (parts === undefined) {
    const less = target?.kind === 'existing' ? ' For deleted rows, single tables or functions take “Chosen parts”.' : ''
    return `${archiveWords(summary)}.${less}`
  }
  return target?.kind === 'new'
    ? 'Only what you choose comes along.'
    : 'Only what you choose changes. All else stays as it is.'
}
