import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { z } from 'zod'

import { passwordProblem } from '#api/contract/password.ts'
import { CompleteSetup, Email } from '#api/contract/setup.ts'
import { NewPasswordField } from '#console/credentials/new-password-field.tsx'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { setup } from '#console/data/setup.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

/** An empty address is not a wrong one: it is asked for. */
const OwnerForm = CompleteSetup.omit({ link: true })
  .extend({ email: z.string().trim().min(1, 'Give your e-mail address').pipe(Email) })
  .superRefine((owner, context) => {
    const message = passwordProblem(owner.password, owner)
    if (message !== null) context.addIssue({ code: 'custom', path: ['password'], message })
  })
const defaultValues: z.input<typeof OwnerForm> = { name: '', email: '', password: '' }

export function SetupForm({ secret }: { secret: string }) {
  const navigate = useNavigate()
  const complete = useMutation(setup.complete())
  const form = useForm({ resolver: zodResolver(OwnerForm), defaultValues })
  const { errors } = form.formState
  const typed = useWatch({ control: form.control })
  const failure = formFailure(complete.error, 'Could not set up Metadeck')

  const handleSubmit = form.handleSubmit((values) => {
    complete.mutate(
      { ...values, link: secret },
      { onSuccess: () => void navigate('/', { replace: true }), onError: (error) => showFieldIssues(form, error) },
    )
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="Your name" error={errors.name?.message}>
        <Input {...form.register('name')} autoComplete="name" autoFocus />
      </Field>
      <Field label="E-mail address" hint="You sign in with it." error={errors.email?.message}>
        <Input
          {...form.register('email')}
          type="email"
          autoComplete="username"
          spellCheck={false}
          autoCapitalize="none"
        />
      </Field>
      <NewPasswordField
        label="Password"
        registration={form.register('password')}
        password={typed.password ?? ''}
        person={{ name: typed.name ?? '', email: typed.email ?? '' }}
        error={errors.password?.message}
      />
      {failure && <FormError {...failure} />}
      <Button type="submit" variant="primary" pending={complete.isPending}>
        Create the owner and sign in
      </Button>
    </form>
  )
}
