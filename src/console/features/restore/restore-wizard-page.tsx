import { type QueryClient } from '@tanstack/react-query'

import { createRestore, previewRestore } from '#api/contract/restores.ts'
import { restores } from '#console/data/restores.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { NeedsNote } from '#console/scopes/no-access.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Callout } from '#console/ui/callout.tsx'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { StepConfirm } from './confirm/step-confirm.tsx'
import { StepSafety } from './confirm/step-safety.tsx'
import { partCounts } from './part-words.ts'
import { StepPreview } from './preview/step-preview.tsx'
import { STEPS, type Step } from './restore-search.ts'
import { StepScope } from './scope/step-scope.tsx'
import { useRestoreWizard, type RestoreWizard } from './use-restore-wizard.ts'
import { StepWhat } from './what/step-what.tsx'
import { StepWhere } from './where/step-where.tsx'
import { WizardSteps } from './wizard-steps.tsx'

export const access = { title: 'Restore', endpoint: previewRestore }

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(restores.archives({})).catch(() => undefined)
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

const STEP_COMPONENTS: Record<Step, (props: { wizard: RestoreWizard }) => React.ReactNode> = {
  what: StepWhat,
  where: StepWhere,
  scope: StepScope,
  preview: StepPreview,
  safety: StepSafety,
  confirm: StepConfirm,
}

export function Component() {
  const wizard = useRestoreWizard()
  const may = useMay()
  const { target, targetName, archiveName, parts, step } = wizard
  const StepComponent = STEP_COMPONENTS[step]
  const whole = target?.kind === 'branch' ? 'Definitions' : 'Everything'
  const scope = parts === undefined ? whole : partCounts(parts)

  return (
    <Page>
      <PageHeader title="Restore" description="Bring a backup back. Nothing is written before you confirm." />
      {!may(createRestore) && (
        <Callout title="You can compare a backup with what is there, but not restore it">
          <NeedsNote endpoint={createRestore} />
        </Callout>
      )}
      <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
        <WizardSteps
          current={step}
          summaries={{
            what: archiveName,
            where: target?.kind === 'branch' ? `${targetName}, ${target.label}` : targetName,
            scope: target === undefined || step === 'where' ? '' : scope,
          }}
          onSelect={(next) => {
            const chosen = STEPS.find((id) => id === next)
            if (chosen) wizard.go({ step: chosen })
          }}
        />
        <div className="max-w-5xl min-w-0 flex-1">
          <StepComponent key={step} wizard={wizard} />
        </div>
      </div>
    </Page>
  )
}
