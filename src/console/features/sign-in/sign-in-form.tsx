import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'

import { SignIn } from '#api/contract/session.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { session } from '#console/data/session.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import { SignInFailure } from './sign-in-failure.tsx'

const defaultValues: z.input<typeof SignIn> = { email: '', password: '' }

interface SignInFormProps {
  /** The browser may offer passkeys in the first field. */
  offersPasskeys: boolean
  /** `isWhole` is false where a second step is left. */
  onSignedIn: (isWhole: boolean) => void
}

export function SignInForm({ offersPasskeys, onSignedIn }: SignInFormProps) {
  const signIn = useTold(session.signIn(), 'Could not sign in')
  const form = useForm({ resolver: zodResolver(SignIn), defaultValues })
  const { errors } = form.formState

  const handleSubmit = form.handleSubmit((values) => {
    signIn.run(values, {
      onSuccess: (reply, isShown) => isShown && onSignedIn('user' in reply),
      onError: (error) => {
        showFieldIssues(form, error)
        form.setFocus('password', { shouldSelect: true })
      },
    })
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="E-mail address" error={errors.email?.message}>
        <Input
          {...form.register('email')}
          type="email"
          autoComplete={offersPasskeys ? 'username webauthn' : 'username'}
          autoFocus
          spellCheck={false}
          autoCapitalize="none"
        />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <PasswordInput {...form.register('password')} autoComplete="current-password" />
      </Field>
      {signIn.failure && <SignInFailure key={signIn.startedAt} error={signIn.error} failedAt={signIn.startedAt} />}
      <Button type="submit" variant="primary" pending={signIn.isPending}>
        Sign in
      </Button>
    </form>
  )
}
