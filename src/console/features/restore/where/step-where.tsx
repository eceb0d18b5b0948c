import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import { createWorkspace, type Workspace } from '#api/contract/workspaces.ts'
import { workspaces } from '#console/data/workspaces.ts'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { TextSkeleton } from '#console/ui/skeleton.tsx'

import { newWorkspaceName } from '../archive-words.ts'
import { StepFooter, StepSection } from '../step-section.tsx'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { ExistingTarget } from './existing-target.tsx'
import { whereDefaults, WhereForm, whereSearch } from './where-form.ts'

const KINDS = [
  { value: 'new', label: 'A new workspace' },
  { value: 'existing', label: 'An existing workspace' },
  { value: 'branch', label: 'A new branch' },
] as const

const HINTS = {
  new: 'No existing workspace is touched.',
  existing:
    'Deleted rows, chosen tables, functions and files, or everything come back. The preview shows what changes.',
  branch: 'Only API groups and constructs, beside the live branch, to look at and compare. No rows are written.',
}

/** Where it goes. A new workspace is the safe choice and comes first. */
export function StepWhere({ wizard }: { wizard: RestoreWizard }) {
  const list = useQuery(workspaces.list())
  return (
    <StepSection
      title="Where it goes"
      description="To bring back deleted rows, a table or a function, choose an existing workspace."
      takesFocus={wizard.hasMoved}
    >
      {list.isPending ? (
        <TextSkeleton lines={4} label="Loading workspaces" />
      ) : (
        <WhereFields wizard={wizard} all={list.data ?? []} />
      )}
    </StepSection>
  )
}

/** Proposes a name that no workspace has, so those must be known. */
function WhereFields({ wizard, all }: { wizard: RestoreWizard; all: readonly Workspace[] }) {
  const { chosenTarget, archiveName, backup, go } = wizard
  const canMake = useMay()(createWorkspace, 'beyond')
  const kinds = canMake ? KINDS : KINDS.filter(({ value }) => value !== 'new')
  const proposed = {
    name: newWorkspaceName(
      archiveName,
      all.map(({ name }) => name),
    ),
    workspaceId: all.find(({ id }) => id === backup?.workspaceId)?.id ?? null,
    label: `restored-${backup?.id ?? 1}`,
  }
  const form = useForm<WhereForm>({
    resolver: zodResolver(WhereForm),
    defaultValues: whereDefaults(chosenTarget, proposed, canMake),
  })
  const kind = useWatch({ control: form.control, name: 'kind' })
  const { errors } = form.formState

  const handleSubmit = form.handleSubmit((values) => go({ ...whereSearch(values), step: 'scope' }))

  return (
    <FormProvider {...form}>
      <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
        <Field label="Restore into" group hint={HINTS[kind]}>
          <ChoiceChips choices={kinds} value={kind} onValueChange={(next) => form.setValue('kind', next)} />
        </Field>
        {kind === 'new' && (
          <Field label="Name of the new workspace" error={errors.name?.message} className="max-w-md">
            <Input key="name" {...form.register('name')} />
          </Field>
        )}
        {kind !== 'new' && <ExistingTarget isOverwritten={kind === 'existing'} />}
        {kind === 'branch' && (
          <Field label="Name of the new branch" error={errors.label?.message} className="max-w-md">
            <Input key="label" {...form.register('label')} mono />
          </Field>
        )}
        <StepFooter>
          <Button onClick={() => go({ step: 'what' })}>Back</Button>
          <Button type="submit" variant="primary">
            Continue to the scope
          </Button>
        </StepFooter>
      </form>
    </FormProvider>
  )
}
