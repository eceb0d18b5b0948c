import type { UseFormRegisterReturn } from 'react-hook-form'

import { Field } from '#console/ui/field.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { PasswordMeter } from '#console/ui/password-meter.tsx'

import { passwordStrength } from './password-strength.ts'

interface NewPasswordFieldProps {
  label: string
  registration: UseFormRegisterReturn
  /** What is typed so far. */
  password: string
  /** A password that is little more than these is refused. */
  person: { name: string; email: string }
  error: string | undefined
}

/** A password that is being chosen, with the rule and how hard it is to guess. */
export function NewPasswordField({ label, registration, password, person, error }: NewPasswordFieldProps) {
  return (
    <Field label={label} error={error} hint={<PasswordMeter {...passwordStrength(password, person)} />}>
      <PasswordInput {...registration} autoComplete="new-password" />
    </Field>
  )
}
