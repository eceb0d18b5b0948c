import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import { passwordProblem } from '#api/contract/password.ts'
import type { Session } from '#api/contract/session.ts'
import { NewPassword } from '#api/contract/setup.ts'
import type { SignInStep } from '#api/contract/sign-in-step.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

import { DeadLinkNote } from './dead-link.tsx'
import { isDeadLink } from './is-dead-link.ts'
import { NewPasswordField } from './new-password-field.tsx'

interface LinkedAccount {
  /** Empty where it is not asked for. */
  name: string
  password: string
}

/** What becomes of a form that was sent. */
interface Replies {
  onSuccess: (reply: Session | SignInStep) => void
  onError: (error: unknown) => void
}

export interface LinkedAccountFormProps {
  /** The link decides it, nobody else. */
  email: string
  emailHint?: string | undefined
  /** For an account that is only being made. */
  asksName?: boolean | undefined
  passwordLabel: string
  submitLabel: string
  /** Of the last try. */
  error: unknown
  failureTitle: string
  /** Why the link may be dead by now, and who makes another. */
  deadWords: string
  isPending: boolean
  onSubmit: (account: LinkedAccount, replies: Replies) => void
}

const accountForm = (email: string, asksName: boolean) =>
  z.object({ name: asksName ? DisplayName : z.string(), password: NewPassword }).superRefine((account, context) => {
    const message = passwordProblem(account.password, { name: account.name, email })
    if (message !== null) context.addIssue({ code: 'custom', path: ['password'], message })
  })

/** The account behind a one-time link: its address, the name of its person and a new password. It signs in. */
export function LinkedAccountForm({ email, asksName = false, onSubmit, ...rest }: LinkedAccountFormProps) {
  const navigate = useNavigate()
  const form = useForm({
    resolver: zodResolver(accountForm(email, asksName)),
    defaultValues: { name: '', password: '' },
  })
  const { errors } = form.formState
  const typed = useWatch({ control: form.control })
  const failure = formFailure(rest.error, rest.failureTitle)

  const handleSubmit = form.handleSubmit((account) => {
    onSubmit(account, {
      onSuccess: (reply) => void navigate('needs' in reply ? '/sign-in?step=1' : '/', { replace: true }),
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail address" hint={rest.emailHint}>
        <Input value={email} readOnly type="email" autoComplete="username" />
      </Field>
      {asksName && (
        <Field label="Your name" error={errors.name?.message}>
          <Input {...form.register('name')} autoComplete="name" autoFocus />
        </Field>
      )}
      <NewPasswordField
        label={rest.passwordLabel}
        registration={form.register('password')}
        password={typed.password ?? ''}
        person={{ name: typed.name ?? '', email }}
        error={errors.password?.message}
      />
      {isDeadLink(rest.error) ? <DeadLinkNote>{rest.deadWords}</DeadLinkNote> : failure && <FormError {...failure} />}
      <Button type="submit" variant="primary" pending={rest.isPending}>
        {rest.submitLabel}
      </Button>
    </form>
  )
}
