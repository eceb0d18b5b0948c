import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'

import { TargetEnvironment } from '../target-environment.tsx'
import type { WhereForm } from './where-form.ts'

/** A workspace that is there, marked with its environment where rows of it are overwritten. */
export function ExistingTarget({ isOverwritten }: { isOverwritten: boolean }) {
  const { control, formState } = useFormContext<WhereForm>()
  const list = useQuery(workspaces.list())
  const workspaceId = useWatch({ control, name: 'workspaceId' })
  const options = (list.data ?? []).map(({ id, name, description }) => ({
    value: String(id),
    label: name,
    description,
    keywords: String(id),
  }))

  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field
        label={isOverwritten ? 'Workspace to overwrite' : 'Workspace of the branch'}
        error={formState.errors.workspaceId?.message}
        className="w-full max-w-md"
      >
        <Controller
          control={control}
          name="workspaceId"
          render={({ field }) => (
            <Combobox
              options={options}
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              placeholder="Choose a workspace"
              searchPlaceholder="Search workspaces"
              emptyText="No workspace matches."
            />
          )}
        />
      </Field>
      {isOverwritten && workspaceId !== '' && (
        <span className="flex h-8 items-center">
          <TargetEnvironment />
        </span>
      )}
    </div>
  )
}
