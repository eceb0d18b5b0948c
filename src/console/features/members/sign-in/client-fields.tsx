import { Controller, useFormContext, useWatch } from 'react-hook-form'

import { Checkbox } from '#console/ui/checkbox.tsx'
import { CodeBlock } from '#console/ui/code-block.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormSection } from '#console/ui/form-section.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import type { ProviderForm } from './provider-form.ts'

/** Which provider it is, and how Metadeck names itself there. */
export function ClientFields({ redirectUri }: { redirectUri: string | undefined }) {
  const { register, control, formState } = useFormContext<ProviderForm>()
  const { errors } = formState
  const [isPublic, kept] = useWatch<ProviderForm, ['isPublic', 'kept']>({ control, name: ['isPublic', 'kept'] })
  return (
    <FormSection title="Provider">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" hint="The button says: Continue with …" error={errors.name?.message}>
          <Input {...register('name')} autoFocus />
        </Field>
        <Field
          label="Address"
          hint="Its description is read below it, at /.well-known/openid-configuration."
          error={errors.issuer?.message}
        >
          <Input {...register('issuer')} mono type="url" placeholder="https://login.example.com" />
        </Field>
        <Field label="Client id" error={errors.clientId?.message}>
          <Input {...register('clientId')} mono />
        </Field>
        {!isPublic && (
          <Field
            label="Client secret"
            optional={kept?.hasSecret === true}
            hint={kept?.hasSecret ? 'Empty = the kept one stays. Another address or client needs it again.' : undefined}
            error={errors.clientSecret?.message}
          >
            <PasswordInput {...register('clientSecret')} autoComplete="off" />
          </Field>
        )}
      </div>
      <Controller
        control={control}
        name="isPublic"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label="Public client, without a secret"
            description="PKCE is used in both cases."
          />
        )}
      />
      <Field
        label="E-mail domains"
        hint="Such as example.com, example.org. Subdomains are named on their own."
        error={errors.domains?.message}
      >
        <Input {...register('domains')} mono />
      </Field>
      {redirectUri !== undefined && (
        <div>
          <p className="mb-1 text-sm font-medium">Redirect address to register at the provider</p>
          <CodeBlock label="Redirect address" code={redirectUri} wrap />
        </div>
      )}
    </FormSection>
  )
}
