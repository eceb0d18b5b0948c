import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { ExistingTarget } from './existing-target.tsx'
import { newWorkspaceName } from './restore-words.ts'
import { StepFooter, StepSection } from './step-section.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'
import { WhereForm } from './where-form.ts'

const kinds = [
  { value: 'new', label: 'A new workspace' },
  { value: 'existing', label: 'A workspace that is there' },
] as const

/** Where it goes. A new workspace is the safe choice and comes first. */
export function StepWhere({ wizard }: { wizard: RestoreWizard }) {
  const { chosenTarget, archiveName, hasMoved, go } = wizard
  const list = useQuery(workspaces.list())
  const names = (list.data ?? []).map(({ name }) => name)
  const form = useForm<WhereForm>({
    resolver: zodResolver(WhereForm),
    defaultValues: {
      kind: chosenTarget.into === undefined || chosenTarget.into === 'new' ? 'new' : 'existing',
      name: chosenTarget.name || newWorkspaceName(archiveName, names),
      workspaceId: typeof chosenTarget.into === 'number' ? String(chosenTarget.into) : '',
    },
  })
  const kind = useWatch({ control: form.control, name: 'kind' })

  const handleSubmit = form.handleSubmit((values) => {
    go(
      values.kind === 'new'
        ? { into: 'new', name: values.name.trim(), step: 'preview' }
        : { into: Number(values.workspaceId), step: 'preview' },
    )
  })

  return (
    <StepSection title="Where it goes" takesFocus={hasMoved}>
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <Field label="Restore into" group>
            <ChoiceChips choices={kinds} value={kind} onValueChange={(next) => form.setValue('kind', next)} />
          </Field>
          {kind === 'new' ? (
            <Field
              label="Name of the new workspace"
              hint="No other workspace is touched."
              error={form.formState.errors.name?.message}
              className="max-w-md"
            >
              <Input {...form.register('name')} />
            </Field>
          ) : (
            <ExistingTarget />
          )}
          <StepFooter>
            <Button onClick={() => go({ step: 'what' })}>Back</Button>
            <Button type="submit" variant="primary">
              Continue to the preview
            </Button>
          </StepFooter>
        </form>
      </FormProvider>
    </StepSection>
  )
}
