import { useFormContext, useWatch } from 'react-hook-form'

import { archivePasswordStrength } from '#console/lib/archive-password.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Field } from '#console/ui/field.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { PasswordMeter } from '#console/ui/password-meter.tsx'

import type { TakeBackupForm } from './take-backup-form.ts'

/** The password that encrypts the archive, typed twice, because nobody can bring it back. */
export function ArchivePasswordFields() {
  const { control, register, formState } = useFormContext<TakeBackupForm>()
  const { errors } = formState
  const password = useWatch({ control, name: 'password' })

  return (
    <>
      <Field
        label="Password"
        optional
        error={errors.password?.message}
        hint={<PasswordMeter {...archivePasswordStrength(password)} />}
      >
        <PasswordInput {...register('password')} autoComplete="new-password" />
      </Field>
      {password !== '' && (
        <>
          <Field label="Repeat the password" error={errors.repeat?.message}>
            <PasswordInput {...register('repeat')} autoComplete="new-password" />
          </Field>
          <Callout tone="warning" title="Nobody can recover this password">
            It is not kept. Without it nobody can open the archive. The recovery sheet has a line for where you keep it.
          </Callout>
        </>
      )}
    </>
  )
}
