import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'

import { updateMyAccount } from '#api/contract/my-account.ts'
import { account } from '#console/data/account.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { useTold } from '#console/data/use-told.ts'
import { Button } from '#console/ui/button.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { useToast } from '#console/ui/toast.tsx'

/** Changes the own name. */
export function ProfileForm({ name }: { name: string }) {
  const update = useTold(account.update(), 'The name was not changed')
  const toast = useToast()
  const form = useForm({ resolver: zodResolver(updateMyAccount.body), values: { name } })
  const { errors, isDirty } = form.formState

  const handleSubmit = form.handleSubmit((values) => {
    update.run(values, {
      onSuccess: () => toast.success('Your name is changed'),
      onError: (error) => showFieldIssues(form, error),
    })
  })

  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label="Name"
        hint="Others see it beside what you do, such as in the audit log."
        error={errors.name?.message}
      >
        <Input {...form.register('name')} autoComplete="name" />
      </Field>
      {update.failure && <FormError {...update.failure} />}
      <Button type="submit" variant="primary" pending={update.isPending} disabled={!isDirty} className="self-start">
        Save name
      </Button>
    </form>
  )
}
