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
  const { level, hint } = passwordStrength(password, person)
  // The error of an empty, short or refused password says the rule already; one of the server is of something else.
  const isSaid = error !== undefined && (level === 'none' || level === 'short' || hint === error)
  return (
    <Field label={label} error={error} hint={<PasswordMeter level={level} hint={isSaid ? undefined : hint} />}>
      <PasswordInput {...registration} autoComplete="new-password" />
    </Field>
  )
}
