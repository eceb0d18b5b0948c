import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'
import { Input } from '#console/ui/input.tsx'
import { Select } from '#console/ui/select.tsx'

import { CONTENTS, CONTENTS_HINTS } from './contents-words.ts'
import type { ScheduleForm } from './schedule-form.ts'

/** Stands for the branch that is live when it runs; no label has a colon. */
const live = ':live'

/** Its name, and what of the workspace goes into the archives. */
export function WhatFields({ workspaceId }: { workspaceId: number }) {
  const { control, register, formState } = useFormContext<ScheduleForm>()
  return (
    <FormSection title="What">
      <Field label="Name" error={formState.errors.name?.message}>
        <Input {...register('name')} />
      </Field>
      <Controller
        control={control}
        name="contents"
        render={({ field }) => (
          <Field label="Contents" group hint={CONTENTS_HINTS[field.value]}>
            <ChoiceChips choices={CONTENTS} value={field.value} onValueChange={field.onChange} />
          </Field>
        )}
      />
      <BranchField workspaceId={workspaceId} />
    </FormSection>
  )
}

/** Which branch's logic goes along; tables and rows belong to all of them. Out of sight where there is one branch only. */
function BranchField({ workspaceId }: { workspaceId: number }) {
  const { control, formState } = useFormContext<ScheduleForm>()
  const branches = useQuery(workspaces.branches(workspaceId)).data ?? []
  return (
    <Controller
      control={control}
      name="branch"
      render={({ field }) => {
        if (branches.length < 2 && field.value === '') return <></>
        const labels = new Set([...branches.map(({ label }) => label), ...(field.value === '' ? [] : [field.value])])
        return (
          <Field label="Branch of the logic" error={formState.errors.branch?.message}>
            <Select
              className="max-w-80"
              options={[
                { value: live, label: 'The one that is live when it runs' },
                ...[...labels].map((label) => ({ value: label, label })),
              ]}
              value={field.value || live}
              onValueChange={(next) => field.onChange(next === live ? '' : next)}
              onBlur={field.onBlur}
              ref={field.ref}
            />
          </Field>
        )
      }}
    />
  )
}
