import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { MultiCombobox } from '#console/ui/multi-combobox.tsx'

import { type ChoosableWorkspace, reachOptions } from './reach-options.ts'

/** What a form with this field holds. */
interface ReachFields {
  reach: 'all' | 'chosen'
  /** Ids as text, as the choosing control holds them; used with the reach `chosen`. */
  workspaces: string[]
}

export interface ReachFieldProps {
  /** Those that can be chosen; undefined while they are not known. */
  workspaces: readonly ChoosableWorkspace[] | undefined
  /** Why they are not known. */
  failure?: string | undefined
  /** Why not all can be granted; undefined where whoever grants reaches all. */
  onlyChosen?: string | undefined
}

/** Which workspaces the scopes of a grant are good for. */
export function ReachField({ workspaces, failure, onlyChosen }: ReachFieldProps) {
  const { control, formState } = useFormContext<ReachFields>()
  const [reach, chosen] = useWatch({ control, name: ['reach', 'workspaces'] })
  const reaches = [
    { value: 'all' as const, label: 'All, also later ones', disabled: onlyChosen !== undefined },
    { value: 'chosen' as const, label: 'Chosen' },
  ]

  return (
    <div className="flex flex-col gap-3">
      <Field label="Workspaces" group hint={onlyChosen}>
        <Controller
          control={control}
          name="reach"
          render={({ field }) => <ChoiceChips choices={reaches} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
      {reach === 'chosen' && (
        <Field
          label="Chosen workspaces"
          error={formState.errors.workspaces?.message ?? failure}
          hint={workspaces?.length === 0 ? 'There is no workspace yet.' : undefined}
        >
          <Controller
            control={control}
            name="workspaces"
            render={({ field }) => (
              <MultiCombobox
                ref={field.ref}
                options={reachOptions(workspaces, chosen)}
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
