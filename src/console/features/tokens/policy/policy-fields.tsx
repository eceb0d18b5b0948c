import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { LifeField } from './life-field.tsx'
import type { PolicyForm } from './policy-form.ts'

/** How long tokens may live. */
export function PolicyFields() {
  const { control } = useFormContext<PolicyForm>()
  const [isLimited, allowsNever] = useWatch({ control, name: ['isLimited', 'allowsNever'] })
  return (
    <>
      <FormSection title="Tokens that end">
        <Switch name="isLimited" label="Limit how long they may live" description="Without a limit it is ten years." />
        {isLimited && <LifeField name="longest" label="Longest life" hint="Counted from the making of a token." />}
        <LifeField name="usual" label="Default life" hint="Given where nothing else is asked for." />
      </FormSection>
      <FormSection title="Tokens that never end">
        <Switch
          name="allowsNever"
          label="Allow tokens that never expire"
          description="Such a token works until somebody revokes it."
        />
        {allowsNever && (
          <Switch
            name="asksNeverReason"
            label="Ask for a reason"
            description="Whoever makes one says in a few words why. Tokens that exist are not asked."
          />
        )}
      </FormSection>
    </>
  )
}

interface SwitchProps {
  name: 'isLimited' | 'allowsNever' | 'asksNeverReason'
  label: string
  description: string
}

function Switch({ name, ...words }: SwitchProps) {
  const { control, trigger } = useFormContext<PolicyForm>()
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Checkbox
          {...words}
          checked={field.value}
          onCheckedChange={(isOn) => {
            field.onChange(isOn)
            void trigger()
          }}
        />
      )}
    />
  )
}
