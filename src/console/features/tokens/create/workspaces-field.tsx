import { Controller, useFormContext, useWatch } from 'react-hook-form'

import type { Workspace } from '#api/contract/workspaces.ts'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { MultiCombobox } from '#console/ui/multi-combobox.tsx'

import type { TokenForm } from './token-form.ts'

export interface WorkspacesFieldProps {
  workspaces: readonly Pick<Workspace, 'id' | 'name' | 'description'>[]
  /** True where whoever makes the token reaches all workspaces. */
  canGrantAll: boolean
}

/** Which workspaces the scopes are good for. */
export function WorkspacesField({ workspaces, canGrantAll }: WorkspacesFieldProps) {
  const { control, formState } = useFormContext<TokenForm>()
  const reach = useWatch({ control, name: 'reach' })
  const reaches = [
    { value: 'all' as const, label: 'All, also later ones', disabled: !canGrantAll },
    { value: 'chosen' as const, label: 'Chosen' },
  ]
  const options = workspaces.map(({ id, name, description }) => ({ value: String(id), label: name, description }))

  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Workspaces"
        group
        hint={canGrantAll ? undefined : 'You reach chosen workspaces only, so a token of yours cannot reach all.'}
      >
        <Controller
          control={control}
          name="reach"
          render={({ field }) => <ChoiceChips choices={reaches} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
      {reach === 'chosen' && (
        <Field
          label="Chosen workspaces"
          error={formState.errors.workspaces?.message}
          hint={options.length === 0 ? 'There is no workspace yet.' : undefined}
        >
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
