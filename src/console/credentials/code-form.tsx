import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import { TotpCode } from '#api/contract/second-factor.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

const CodeValues = z.object({ code: TotpCode })

interface CodeFormProps {
  submitLabel: string
  isPending: boolean
  /** Why the last code was not taken; stands above the button. */
  failure: ReactNode
  /** Call `onError` where the code was not taken: it is marked, so that the next one replaces it. */
  onSubmit: (code: string, onError: () => void) => void
}

/** Six digits of an authenticator app. Typed, pasted or filled in, they are sent as soon as they are complete. */
export function CodeForm({ submitLabel, isPending, failure, onSubmit }: CodeFormProps) {
  const form = useForm({ resolver: zodResolver(CodeValues), defaultValues: { code: '' } })

  const handleSubmit = form.handleSubmit(({ code }) => {
    if (!isPending) onSubmit(code, () => form.setFocus('code', { shouldSelect: true }))
  })

  function handleChange() {
    if (TotpCode.safeParse(form.getValues('code')).success) void handleSubmit()
  }

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="Code" hint="The six digits that the app shows now." error={form.formState.errors.code?.message}>
        <Input
          {...form.register('code', { onChange: handleChange })}
          mono
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={20}
        />
      </Field>
      {failure}
      <Button type="submit" variant="primary" pending={isPending}>
        {submitLabel}
      </Button>
    </form>
  )
}
