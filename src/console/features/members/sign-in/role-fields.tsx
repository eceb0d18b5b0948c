import { Plus, X } from 'lucide-react'
import { Controller, useFieldArray, useFormContext, useWatch } from 'react-hook-form'

import { Button } from '#console/ui/button.tsx'
import { ChoiceChips } from '#console/ui/choice-chips.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Input } from '#console/ui/input.tsx'
import { Select } from '#console/ui/select.tsx'

import type { ProviderForm } from './provider-form.ts'

const RULE_ROLES = [
  { value: 'admin', label: 'Admin' },
  { value: 'member', label: 'Member' },
] as const

const FALLBACKS = [...RULE_ROLES, { value: 'refuse', label: 'Is refused' }] as const

/** Which role the provider gives. Owners are made here and nowhere else. */
export function RoleFields() {
  const { register, control, formState } = useFormContext<ProviderForm>()
  const claim = useWatch<ProviderForm, 'roleClaim'>({ control, name: 'roleClaim' })
  return (
    <FormSection title="Roles" description="Owners are made here and nowhere else: no provider can make one.">
      <Field
        label="Role claim"
        optional
        hint="A name or a path, such as groups or realm_access.roles. Empty = roles are given here."
        error={formState.errors.roleClaim?.message}
      >
        <Input {...register('roleClaim')} mono />
      </Field>
      {claim.trim() !== '' && <RoleRules />}
      <Field label={claim.trim() === '' ? 'A new account is' : 'Who fits no rule'} group>
        <Controller
          control={control}
          name="fallbackRole"
          render={({ field }) => <ChoiceChips choices={FALLBACKS} value={field.value} onValueChange={field.onChange} />}
        />
      </Field>
    </FormSection>
  )
}

/** Values of the claim and the role each gives, from the first that fits. */
function RoleRules() {
  const { register, control, formState } = useFormContext<ProviderForm>()
  const { fields, append, remove } = useFieldArray<ProviderForm, 'roleRules'>({ control, name: 'roleRules' })
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Rules: the first that fits counts</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="flex items-start gap-2">
          <Field
            label={`Value ${index + 1}`}
            hideLabel
            className="flex-1"
            error={formState.errors.roleRules?.[index]?.value && 'Give a value of the claim'}
          >
            <Input {...register(`roleRules.${index}.value`)} mono placeholder="metadeck-admins" />
          </Field>
          <Controller
            control={control}
            name={`roleRules.${index}.role`}
            render={({ field }) => (
              <Select
                aria-label={`Role of value ${index + 1}`}
                className="w-28!"
                options={RULE_ROLES}
                value={field.value}
                onValueChange={field.onChange}
              />
            )}
          />
          <IconButton label={`Remove rule ${index + 1}`} onClick={() => remove(index)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="w-fit"
        disabled={fields.length >= 100}
        onClick={() => append({ value: '', role: 'member' })}
      >
        <Plus aria-hidden />
        Add a rule
      </Button>
    </fieldset>
  )
}
