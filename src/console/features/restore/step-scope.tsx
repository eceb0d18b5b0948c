import type { RestorePreview } from '#api/contract/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { TableSkeleton } from '#console/ui/skeleton.tsx'

import { CanonicalChoices } from './canonical-choices.tsx'
import { canonicalError } from './canonical-words.ts'
import { archiveWords } from './effect-words.ts'
import { PreviewWaiting } from './preview-waiting.tsx'
import { ScopeTables } from './scope-tables.tsx'
import { emptiesTables, missingTables } from './scope-words.ts'
import { StepFooter, StepSection } from './step-section.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

const SCOPES = [
  { value: 'all', label: 'Everything' },
  { value: 'tables', label: 'Chosen tables' },
] as const

/** Everything, or some tables with what they depend on. */
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

function isComplete({ preview: { data }, effect, target, tables, search }: RestoreWizard): boolean {
  if (data === undefined || effect === undefined) return false
  if (target?.kind === 'existing' && emptiesTables(effect)) return false
  if (tables !== undefined) return tables.length > 0 && missingTables(tables, data).length === 0
  const { takenCanonicals } = effect
  return takenCanonicals.every((taken) => canonicalError(taken, takenCanonicals, search.canonicals) === undefined)
}

function ScopeBody({ wizard, preview }: { wizard: RestoreWizard; preview: RestorePreview }) {
  const { target, targetName, tables, effect, refine } = wizard
  if (target?.kind === 'branch') {
    return (
      <>
        <p>All API groups and constructs of the backup. Tables that are missing are added, empty.</p>
        <CanonicalChoices wizard={wizard} taken={preview.takenCanonicals} />
      </>
    )
  }
  return (
    <>
      <Field
        label="Restore"
        group
        hint={
          tables === undefined
            ? `${archiveWords(preview.summary)}.`
            : `Only these tables and their rows. API groups, constructs, files and settings ${target?.kind === 'new' ? 'do not come along' : 'stay as they are'}.`
        }
      >
        <ChoiceChips
          choices={SCOPES}
          value={tables === undefined ? 'all' : 'tables'}
          onValueChange={(scope) => refine({ tables: scope === 'all' ? undefined : [] })}
        />
      </Field>
      {target?.kind === 'existing' && effect !== undefined && emptiesTables(effect) && (
        <Callout tone="danger" title="This backup holds no rows">
          It would empty tables of {targetName}, so it is not restored there. Go back and choose a new workspace or a
          new branch, or choose another backup.
        </Callout>
      )}
      {tables === undefined ? (
        <CanonicalChoices wizard={wizard} taken={preview.takenCanonicals} />
      ) : (
        <ScopeTables preview={preview} chosen={tables} onChange={(next) => refine({ tables: next })} />
      )}
    </>
  )
}
