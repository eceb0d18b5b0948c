import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useWatch } from 'react-hook-form'

import { ChangePassword } from '#api/contract/my-account.ts'
import { passwordProblem } from '#api/contract/password.ts'
import { NewPasswordField } from '#console/credentials/new-password-field.tsx'
import { account } from '#console/data/account.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { useTold } from '#console/data/use-told.ts'
import { formatCount } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface Person {
  name: string
  email: string
}

const formOf = (person: Person) =>
  ChangePassword.superRefine(({ next }, context) => {
    const message = passwordProblem(next, person)
    if (message !== null) context.addIssue({ code: 'custom', path: ['next'], message })
  })

/** Changes the own password; whoever stole a session elsewhere is out. */
export function PasswordForm(person: Person) {
  const change = useTold(account.changePassword(), 'The password was not changed')
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(formOf(person)), defaultValues: { current: '', next: '' } })
  const { errors } = form.formState
  const next = useWatch({ control: form.control, name: 'next' })

  const handleSubmit = form.handleSubmit((values) => {
    change.run(values, {
      onSuccess: ({ endedSessions }) => {
        form.reset()
        toast.success('The password is changed', {
          description:
            endedSessions === 0
              ? 'There was no other session.'
              : `${formatCount(endedSessions, 'other session')} ended.`,
        })
      },
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={person.email} readOnly hidden />
      <Field label="Current password" error={errors.current?.message}>
        <PasswordInput {...form.register('current')} autoComplete="current-password" />
      </Field>
      <NewPasswordField
        label="New password"
        registration={form.register('next')}
        password={next}
        person={person}
        error={errors.next?.message}
      />
      {change.failure && <FormError {...change.failure} />}
      <Button type="submit" variant="primary" pending={change.isPending} className="self-start">
        Change password and end other sessions
      </Button>
    </form>
  )
}
