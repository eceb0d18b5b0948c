import { useFormContext, useWatch } from 'react-hook-form'

import { Callout } from '#console/ui/callout.tsx'
import { Field } from '#console/ui/field.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import { archivePasswordWords, type TakeBackupForm } from './archive-password.ts'

const ink = { muted: 'text-muted', warning: 'text-warning', success: 'text-success' }

/** The password that encrypts the archive, typed twice, because nobody can bring it back. */
export function ArchivePasswordFields() {
  const { control, register, formState } = useFormContext<TakeBackupForm>()
  const { errors } = formState
  const password = useWatch({ control, name: 'password' })
  const { words, tone } = archivePasswordWords(password)

  return (
    <>
      <Field
        label="Password"
        optional
        error={errors.password?.message}
        hint={<span className={ink[tone]}>{words}</span>}
      >
        <PasswordInput {...register('password')} autoComplete="new-password" />
      </Field>
      {password !== '' && (
        <>
          <Field label="Repeat the password" error={errors.repeat?.message}>
            <PasswordInput {...register('repeat')} autoComplete="new-password" />
          </Field>
          <Callout tone="warning" title="Nobody can recover this password">
            It is stored nowhere. Without it the archive cannot be opened, by nobody and by no means.
          </Callout>
        </>
      )}
    </>
  )
}
