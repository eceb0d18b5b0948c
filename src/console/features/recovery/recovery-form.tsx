import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { z } from 'zod'

import { passwordProblem } from '#api/contract/password.ts'
import { NewPassword } from '#api/contract/setup.ts'
import { NewPasswordField } from '#console/credentials/new-password-field.tsx'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { recovery } from '#console/data/recovery.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

import { DeadLinkNote } from './dead-link-note.tsx'
import { isDeadLink } from './is-dead-link.ts'

const passwordForm = (email: string) =>
  z.object({ password: NewPassword }).superRefine(({ password }, context) => {
    const message = passwordProblem(password, { name: '', email })
    if (message !== null) context.addIssue({ code: 'custom', path: ['password'], message })
  })

/** The new password of the account that a link recovers. */
export function RecoveryForm({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate()
  const finish = useMutation(recovery.finish())
  const form = useForm({ resolver: zodResolver(passwordForm(email)), defaultValues: { password: '' } })
  const { errors } = form.formState
  const typed = useWatch({ control: form.control })
  const failure = formFailure(finish.error, 'The password was not changed')

  const handleSubmit = form.handleSubmit((values) => {
    finish.mutate(
      { ...values, token },
      {
        onSuccess: (reply) => void navigate('needs' in reply ? '/sign-in?step=1' : '/', { replace: true }),
        onError: (error) => showFieldIssues(form, error),
      },
    )
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail address">
        <Input value={email} readOnly type="email" autoComplete="username" />
      </Field>
      <NewPasswordField
        label="New password"
        registration={form.register('password')}
        password={typed.password ?? ''}
        person={{ name: '', email }}
        error={errors.password?.message}
      />
      {isDeadLink(finish.error) ? <DeadLinkNote /> : failure && <FormError {...failure} />}
      <Button type="submit" variant="primary" pending={finish.isPending}>
        Set the password and sign in
      </Button>
    </form>
  )
}
