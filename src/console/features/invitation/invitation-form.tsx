import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { passwordProblem } from '#api/contract/password.ts'
import { NewPassword } from '#api/contract/setup.ts'
import { NewPasswordField } from '#console/credentials/new-password-field.tsx'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { invitation } from '#console/data/invitation.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

import { DeadLinkNote } from './dead-link-note.tsx'
import { isDeadLink } from './is-dead-link.ts'

const personForm = (email: string) =>
  z.object({ name: DisplayName, password: NewPassword }).superRefine(({ name, password }, context) => {
    const message = passwordProblem(password, { name, email })
    if (message !== null) context.addIssue({ code: 'custom', path: ['password'], message })
  })

/** Name and password of the account that an invitation promises. */
export function InvitationForm({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate()
  const accept = useMutation(invitation.accept())
  const form = useForm({ resolver: zodResolver(personForm(email)), defaultValues: { name: '', password: '' } })
  const { errors } = form.formState
  const typed = useWatch({ control: form.control })
  const failure = formFailure(accept.error, 'The invitation was not accepted')

  const handleSubmit = form.handleSubmit((values) => {
    accept.mutate(
      { ...values, token },
      {
        onSuccess: (reply) => void navigate('needs' in reply ? '/sign-in?step=1' : '/', { replace: true }),
        onError: (error) => showFieldIssues(form, error),
      },
    )
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail address" hint="You sign in with it. An owner or an admin can invite another address.">
        <Input value={email} readOnly type="email" autoComplete="username" />
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        <Input {...form.register('name')} autoComplete="name" autoFocus />
      </Field>
      <NewPasswordField
        label="Password"
        registration={form.register('password')}
        password={typed.password ?? ''}
        person={{ name: typed.name ?? '', email }}
        error={errors.password?.message}
      />
      {isDeadLink(accept.error) ? <DeadLinkNote /> : failure && <FormError {...failure} />}
      <Button type="submit" variant="primary" pending={accept.isPending}>
        Create the account and sign in
      </Button>
    </form>
  )
}
