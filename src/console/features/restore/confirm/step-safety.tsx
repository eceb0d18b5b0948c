import { ShieldCheck } from 'lucide-react'

import { Button } from '#console/ui/button.tsx'
import { DescriptionList } from '#console/ui/description-list.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { PreviewHeading } from '../preview-heading.tsx'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { restoreTimeWords } from './restore-time-words.ts'
import { useBackupTime } from './use-backup-time.ts'

const NEVER_TOUCHED = 'Tokens, members, sessions, schedules and the audit log.'

/** What makes the restore safe. There is nothing to choose: it cannot be switched off. */
export function StepSafety({ wizard }: { wizard: RestoreWizard }) {
  const { target, targetName, hasMoved, go } = wizard
  return (
    <StepSection title={target?.kind === 'existing' ? 'Safety backup' : 'Safety'} takesFocus={hasMoved}>
      <PreviewHeading wizard={wizard} />
      <Panel
        title={
          <span className="flex items-center gap-2">
            <ShieldCheck aria-hidden className="size-4 shrink-0 stroke-[1.5]" />
            <span className="min-w-0 wrap-anywhere">
              {target?.kind === 'existing' ? `${targetName} is backed up first` : 'Nothing is overwritten'}
            </span>
          </span>
        }
      >
        {target?.kind === 'existing' ? (
          <Existing wizard={wizard} workspaceId={target.workspaceId} />
        ) : (
          <Made wizard={wizard} />
        )}
      </Panel>
      <StepFooter>
        <Button onClick={() => go({ step: 'preview' })}>Back</Button>
        <Button variant="primary" onClick={() => go({ step: 'confirm' })}>
          Continue to confirm
        </Button>
      </StepFooter>
    </StepSection>
  )
}

function Existing({ wizard, workspaceId }: { wizard: RestoreWizard; workspaceId: number }) {
  const { targetName } = wizard
  const takes = useBackupTime(workspaceId)
  return (
    <DescriptionList
      items={[
        { label: 'Safety backup', value: 'Taken and read back before anything changes; without it the restore stops.' },
        { label: 'Where', value: 'The folder of this instance. No schedule deletes it.' },
        { label: 'Takes', value: takes ?? 'Not known: no backup of this workspace was taken yet.' },
        ...restoreTime(wizard),
        { label: 'Meanwhile', value: `${targetName} stays as it is; it changes in one step at the end.` },
        { label: 'Undo', value: 'Possible for as long as the safety backup is there.' },
        { label: 'Never touched', value: NEVER_TOUCHED },
      ]}
    />
  )
}

function Made({ wizard }: { wizard: RestoreWizard }) {
  const isBranch = wizard.target?.kind === 'branch'
  return (
    <DescriptionList
      items={[
        { label: 'Meanwhile', value: `The new ${isBranch ? 'branch' : 'workspace'} appears when it is whole.` },
        ...restoreTime(wizard),
        {
          label: 'Undo',
          value: `Deletes the new ${isBranch ? 'branch' : 'workspace'}, after a backup of it.`,
        },
        { label: 'Never touched', value: NEVER_TOUCHED },
      ]}
    />
  )
}

/** What a restore of all of it took; a part of it says nothing about that. */
function restoreTime({ preview, backup, parts, target }: RestoreWizard) {
  const ms = preview.data?.expectedMs ?? null
  if (ms === null || parts !== undefined || target?.kind === 'branch') return []
  return [{ label: 'Restore', value: restoreTimeWords(ms, backup) }]
}
