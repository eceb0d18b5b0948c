import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import { ApiError } from '#api/client/api-error.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { restores } from '#console/data/restores.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { PasswordInput } from '#console/ui/password-input.tsx'

import { StepFooter } from '../step-section.tsx'

const PasswordForm = z.object({ password: z.string().min(1, 'Give the password of the archive').max(1_000) })

export interface ArchivePasswordProps {
  backupId: number
  onBack: () => void
  onOpened: (proven: { password: string; workspaceName: string }) => void
}

/** Asks for the password and proves it at once, by reading the archive with it. */
export function ArchivePassword({ backupId, onBack, onOpened }: ArchivePasswordProps) {
  const unlock = useMutation(restores.unlock())
  const form = useForm({ resolver: zodResolver(PasswordForm), defaultValues: { password: '' } })
  const isWrong = unlock.error instanceof ApiError && unlock.error.code === 'wrong_password'
  const failure = isWrong ? undefined : formFailure(unlock.error, 'The archive could not be read')

  const handleSubmit = form.handleSubmit(({ password }) => {
    unlock.mutate(
      { backupId, password },
      {
        onSuccess: ({ summary }) => onOpened({ password, workspaceName: summary.workspace }),
        onError: () => form.setFocus('password', { shouldSelect: true }),
      },
    )
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label="Password of the archive"
        hint="It stays in this tab’s memory; after a reload it is asked for again."
        error={
          form.formState.errors.password?.message ?? (isWrong ? 'This password does not open the archive' : undefined)
        }
        className="max-w-md"
      >
        <PasswordInput {...form.register('password')} autoComplete="off" autoFocus />
      </Field>
      {failure && <FormError {...failure} />}
      <StepFooter>
        <Button onClick={onBack}>Choose another</Button>
        <Button type="submit" variant="primary" pending={unlock.isPending}>
          Open the archive
        </Button>
      </StepFooter>
    </form>
  )
}
