import { Stepper, type Step as StepperStep } from '#console/ui/stepper.tsx'

import { STEPS, type Step } from './restore-search.ts'

/** All steps of a restore; the last two are on the page of the running one. */
export type RestoreStep = Step | 'progress' | 'result'

const LABELS: Record<RestoreStep, string> = {
  what: 'What',
  where: 'Where',
  scope: 'Scope',
  preview: 'Preview',
  safety: 'Safety',
  confirm: 'Confirm',
  progress: 'Progress',
  result: 'Result',
}

export interface WizardStepsProps {
  current: RestoreStep
  /** What was chosen in a step, in a few words. */
  summaries?: Partial<Record<RestoreStep, string>> | undefined
  onSelect?: ((step: RestoreStep) => void) | undefined
}

export function WizardSteps({ current, summaries, onSelect }: WizardStepsProps) {
  const ids: RestoreStep[] = [...STEPS, 'progress', 'result']
  const steps: StepperStep<RestoreStep>[] = ids.map((id) => ({ id, label: LABELS[id], summary: summaries?.[id] }))
  return <Stepper label="Steps of the restore" steps={steps} currentId={current} onSelect={onSelect} />
}
