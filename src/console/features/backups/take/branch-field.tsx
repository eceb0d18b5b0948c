import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { Field } from '#console/ui/field.tsx'
import { Select } from '#console/ui/select.tsx'

import type { TakeBackupForm } from './take-backup-form.ts'

/** Stands for the live branch, whichever it is then; no label has a colon. */
const live = ':live'

/** Which branch's logic goes into the archive; tables and rows belong to all of them. */
export function BranchField({ workspaceId }: { workspaceId: number }) {
  const { control, formState } = useFormContext<TakeBackupForm>()
  const list = useQuery(workspaces.branches(workspaceId))
  const liveBranch = list.data?.find((branch) => branch.live)
  const others = (list.data ?? [])
    .filter((branch) => !branch.live)
    .map(({ label, description }) => ({ value: label, label, description }))
  const options = [{ value: live, label: liveBranch ? `${liveBranch.label} (live)` : 'The live branch' }, ...others]

  return (
    <Field label="Branch" error={formState.errors.branch?.message}>
      <Controller
        control={control}
        name="branch"
        render={({ field }) => (
          <Select
            options={options}
            value={field.value || live}
            onValueChange={(next) => field.onChange(next === live ? '' : next)}
            onBlur={field.onBlur}
            ref={field.ref}
          />
        )}
      />
    </Field>
  )
}
