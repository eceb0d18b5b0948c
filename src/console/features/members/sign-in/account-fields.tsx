import { type Control, Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { FormSection } from '#console/ui/form-section.tsx'

import { GrantScopesField } from '../grant-scopes-field.tsx'
import { WorkspacesField } from '../workspaces-field.tsx'
import type { ProviderForm } from './provider-form.ts'

interface BoxProps {
  control: Control<ProviderForm>
  name: 'createsAccounts' | 'countsAsSecondFactor' | 'active'
  label: string
  description: string
}

/** Who gets in by it, and with what. */
export function AccountFields() {
  const { control } = useFormContext<ProviderForm>()
  const createsAccounts = useWatch<ProviderForm, 'createsAccounts'>({ control, name: 'createsAccounts' })
  return (
    <FormSection title="Accounts">
      <Box control={control} name="active" label="Turned on" description="Its button is on the sign-in page." />
      <Box
        control={control}
        name="countsAsSecondFactor"
        label="The provider asks for a second step itself"
        description="Metadeck’s own is not asked for then."
      />
      <Box
        control={control}
        name="createsAccounts"
        label="Make an account for people who have none"
        description="Otherwise only who has an account with the same e-mail address gets in."
      />
      {createsAccounts && (
        <>
          <p className="text-sm text-muted">
            What a member whose account is made so may do, until somebody grants more:
          </p>
          <WorkspacesField />
          <GrantScopesField />
        </>
      )}
    </FormSection>
  )
}

function Box({ control, name, label, description }: BoxProps) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Checkbox checked={field.value} onCheckedChange={field.onChange} label={label} description={description} />
      )}
    />
  )
}
