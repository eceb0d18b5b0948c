import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { workspaces } from '#console/data/workspaces.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { MultiCombobox } from '#console/ui/multi-combobox.tsx'

import type { GrantFields } from './grant-form.ts'

const REACHES = [
  { value: 'all', label: 'All, also later ones' },
  { value: 'chosen', label: 'Chosen' },
] as const

/** Which workspaces the scopes are good for. */
export function WorkspacesField() {
  const { control, formState } = useFormContext<GrantFields>()
  const list = useQuery(workspaces.list())
  const [reach, chosen] = useWatch({ control, name: ['reach', 'workspaces'] })
  const known = (list.data ?? []).map(({ id, name, description }) => ({ value: String(id), label: name, description }))
  // One that was deleted since is still granted: it must be seen to be taken away.
  const gone = chosen.filter((id) => list.data && !known.some(({ value }) => value === id))
  const options = [...known, ...gone.map((value) => ({ value, label: `Workspace ${value}, deleted` }))]
  const failure = list.isLoadingError ? 'The workspaces could not be loaded. Reload the page.' : undefined

  return (
    <div className="flex flex-col gap-3">
      <Field label="Workspaces" group>
        <Controller
          control={control}
          name="reach"
          render={({ field }) => <ChoiceChips choices={REACHES} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
      {reach === 'chosen' && (
        <Field label="Chosen workspaces" error={formState.errors.workspaces?.message ?? failure}>
          <Controller
            control={control}
            name="workspaces"
            render={({ field }) => (
              <MultiCombobox
                options={options}
                value={field.value}
                onValueChange={field.onChange}
                onBlur={field.onBlur}
                placeholder="Choose workspaces"
                emptyText="No workspace matches."
              />
            )}
          />
        </Field>
      )}
    </div>
  )
}
