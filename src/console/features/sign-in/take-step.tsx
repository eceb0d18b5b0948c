import { zodResolver } from '@hookform/resolvers/zod'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import { RecoveryCode } from '#api/contract/second-factor.ts'
import type { SecondFactor } from '#api/contract/sign-in-step.ts'
import { codeFailure } from '#console/credentials/code-failure.ts'
import { CodeForm } from '#console/credentials/code-form.tsx'
import { passkeyFailure } from '#console/credentials/passkey-failure.ts'
import { passkeys } from '#console/data/passkeys.ts'
import { signInStep } from '#console/data/second-factor.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

import { RecoveryFailure, StepFailure } from './sign-in-failure.tsx'

export interface StepProps {
  onSignedIn: () => void
  onError: (error: unknown) => void
}

const OTHER_WORDS: Record<SecondFactor, string> = {
  totp: 'Use a code of the app',
  passkey: 'Use a passkey',
  recovery_code: 'Use a recovery code',
}

/** Takes the second step by one of the ways that the account has; the others are one press away. */
export function TakeStep({ methods, ...rest }: StepProps & { methods: readonly SecondFactor[] }) {
  const [chosen, setChosen] = useState<SecondFactor>()
  const way = chosen ?? methods[0]
  return (
    <div className="flex flex-col gap-4">
      {way === 'totp' && <AppCode {...rest} />}
      {way === 'passkey' && <PasskeyStep {...rest} />}
      {way === 'recovery_code' && <RecoveryStep {...rest} />}
      <div className="flex flex-wrap gap-2">
        {methods
          .filter((method) => method !== way)
          .map((method) => (
            <Button key={method} size="sm" onClick={() => setChosen(method)}>
              {OTHER_WORDS[method]}
            </Button>
          ))}
      </div>
    </div>
  )
}

function AppCode({ onSignedIn, onError }: StepProps) {
  const finish = useTold(signInStep.finish(), 'Could not sign in', { describe: codeFailure })

  function handleSubmit(code: string, onWrong: () => void) {
    finish.run(
      { code },
      {
        onSuccess: (_session, isShown) => isShown && onSignedIn(),
        onError: (error) => {
          onError(error)
          onWrong()
        },
      },
    )
  }

  return (
    <CodeForm
      submitLabel="Sign in"
      isPending={finish.isPending}
      failure={finish.failure && <StepFailure error={finish.error} failedAt={finish.startedAt} />}
      onSubmit={handleSubmit}
    />
  )
}

function PasskeyStep({ onSignedIn, onError }: StepProps) {
  const take = useTold(passkeys.takeStep(), 'Could not sign in with the passkey', { describe: passkeyFailure })
  return (
    <div className="flex flex-col gap-4">
      {take.failure && <FormError {...take.failure} />}
      <Button
        variant="primary"
        autoFocus
        pending={take.isPending}
        onClick={() => take.run(undefined, { onSuccess: (_session, isShown) => isShown && onSignedIn(), onError })}
      >
        <KeyRound aria-hidden />
        Use the passkey
      </Button>
    </div>
  )
}

const RecoveryValues = z.object({ recoveryCode: RecoveryCode })

function RecoveryStep({ onSignedIn, onError }: StepProps) {
  const finish = useTold(signInStep.finish(), 'Could not sign in', { describe: codeFailure })
  const form = useForm({ resolver: zodResolver(RecoveryValues), defaultValues: { recoveryCode: '' } })

  const handleSubmit = form.handleSubmit((values) => {
    finish.run(values, {
      onSuccess: (_session, isShown) => isShown && onSignedIn(),
      onError: (error) => {
        onError(error)
        form.setFocus('recoveryCode', { shouldSelect: true })
      },
    })
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label="Recovery code"
        hint="One of those that you stored when you set up the second step. It works once."
        error={form.formState.errors.recoveryCode?.message}
      >
        <Input {...form.register('recoveryCode')} mono autoFocus autoCapitalize="none" spellCheck={false} />
      </Field>
      {finish.failure && <RecoveryFailure error={finish.error} failedAt={finish.startedAt} />}
      <Button type="submit" variant="primary" pending={finish.isPending}>
        Sign in
      </Button>
    </form>
  )
}
