import { useQuery, type QueryClient } from '@tanstack/react-query'

import { backups } from '#console/data/backups.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { PageHeader } from '#console/ui/page-header.tsx'
import { Page } from '#console/ui/page.tsx'

import { STEPS, type Step } from './restore-search.ts'
import { StepConfirm } from './step-confirm.tsx'
import { StepPreview } from './step-preview.tsx'
import { StepWhat } from './step-what.tsx'
import { StepWhere } from './step-where.tsx'
import { useRestoreWizard, type RestoreWizard } from './use-restore-wizard.ts'
import { WizardSteps } from './wizard-steps.tsx'

export function createLoader(client: QueryClient) {
  return () => {
    void client.query(backups.list()).catch(() => undefined)
    void client.query(workspaces.list()).catch(() => undefined)
    return null
  }
}

const STEP_COMPONENTS: Record<Step, (props: { wizard: RestoreWizard; targetName: string }) => React.ReactNode> = {
  what: StepWhat,
  where: StepWhere,
  preview: StepPreview,
  confirm: StepConfirm,
}

export function Component() {
  const wizard = useRestoreWizard()
  const { target, archiveName, step } = wizard
  const list = useQuery(workspaces.list())
  const existing = target?.kind === 'existing' ? list.data?.find(({ id }) => id === target.workspaceId) : undefined
  const targetName = target?.kind === 'new' ? target.name : (existing?.name ?? '')
  const StepComponent = STEP_COMPONENTS[step]

  return (
    <Page>
      <PageHeader
        title="Restore"
        description="Bring a backup back: into a new workspace, or over one that is there. Nothing is written before you confirm."
      />
      <div className="flex flex-col gap-6 lg:flex-row lg:gap-8">
        <WizardSteps
          current={step}
          summaries={{ what: archiveName, where: targetName }}
          onSelect={(next) => {
            const chosen = STEPS.find((id) => id === next)
            if (chosen) wizard.go({ step: chosen })
          }}
        />
        <div className="max-w-4xl min-w-0 flex-1">
          <StepComponent key={step} wizard={wizard} targetName={targetName} />
        </div>
      </div>
    </Page>
  )
}
