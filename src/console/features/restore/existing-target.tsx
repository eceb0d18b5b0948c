import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Combobox } from '#console/ui/combobox.tsx'
import { Field } from '#console/ui/field.tsx'

import { TargetEnvironment } from './target-environment.tsx'
import type { WhereForm } from './where-form.ts'

/** A workspace that would be overwritten, with what that means. */
export function ExistingTarget() {
  const { control, formState } = useFormContext<WhereForm>()
  const list = useQuery(workspaces.list())
  const workspaceId = useWatch({ control, name: 'workspaceId' })
  const chosen = list.data?.find(({ id }) => String(id) === workspaceId)
  const options = (list.data ?? []).map(({ id, name, description }) => ({
    value: String(id),
    label: name,
    description,
    keywords: String(id),
  }))

  return (
    <>
      <Field label="Workspace to overwrite" error={formState.errors.workspaceId?.message} className="max-w-md">
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
      {chosen && (
        <Callout
          tone="danger"
          title={
            <span className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 wrap-anywhere">{chosen.name} is overwritten</span>
              <TargetEnvironment />
            </span>
          }
        >
          All its tables and rows, and the API groups and constructs of its live branch, are replaced by those of the
          archive; its stored files too, where the archive holds any. What changed since the backup is lost. The preview
          shows it line by line before anything is written.
        </Callout>
      )}
    </>
  )
}
