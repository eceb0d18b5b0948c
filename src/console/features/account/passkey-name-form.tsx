import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'

import { DisplayName } from '#api/contract/names.ts'
import type { FormFailure } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'

const NameValues = z.object({ name: DisplayName })

interface PasskeyNameFormProps {
  name: string
  submitLabel: string
  isPending: boolean
  failure: FormFailure | undefined
  onSubmit: (name: string) => void
  onCancel: () => void
}

/** The name by which a passkey is told from the others. */
export function PasskeyNameForm({ name, submitLabel, isPending, failure, onSubmit, onCancel }: PasskeyNameFormProps) {
  const form = useForm({ resolver: zodResolver(NameValues), defaultValues: { name } })
  const handleSubmit = form.handleSubmit((values) => onSubmit(values.name))
  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field
        label="Name"
        hint="Tells it from your others: the device or the password manager that keeps it."
        error={form.formState.errors.name?.message}
      >
        <Input {...form.register('name')} autoFocus />
      </Field>
      {failure && <FormError {...failure} />}
      <DialogFooter>
        <Button onClick={onCancel} disabled={isPending}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={isPending}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
