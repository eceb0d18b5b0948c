import { zodResolver } from '@hookform/resolvers/zod'
import { Controller, useForm } from 'react-hook-form'
import type { z } from 'zod'

import { CreateApiGroup } from '#api/contract/api-groups.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

const GroupForm = CreateApiGroup.pick({ name: true, description: true, swagger: true })
type GroupForm = z.infer<typeof GroupForm>

const defaultValues: GroupForm = { name: '', description: '', swagger: true }

interface ApiGroupFormProps {
  /** Of the group that is edited; a new one has none. */
  values?: GroupForm
  submitLabel: string
  failureTitle: string
  error: unknown
  isPending: boolean
  onCancel: () => void
  onSubmit: (values: GroupForm, onError: (error: unknown) => void) => void
}

/** What a group is called and whether its documentation can be read, for a new one and for one that is there. */
export function ApiGroupForm({
  values,
  submitLabel,
  failureTitle,
  error,
  isPending,
  onCancel,
  onSubmit,
}: ApiGroupFormProps) {
  const form = useForm({ resolver: zodResolver(GroupForm), defaultValues: values ?? defaultValues })
  const { errors, isDirty } = form.formState
  const failure = formFailure(error, failureTitle)
  const handleSubmit = form.handleSubmit((parsed) => onSubmit(parsed, (refusal) => showFieldIssues(form, refusal)))
  return (
    <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
      <Field label="Name" error={errors.name?.message}>
        <Input {...form.register('name')} autoFocus />
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        <Textarea {...form.register('description')} rows={3} />
      </Field>
      <Controller
        control={form.control}
        name="swagger"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label="Publish its documentation"
            description="Whoever knows the base URL can read which endpoints there are."
          />
        )}
      />
      {failure && <FormError {...failure} />}
      <DialogFooter>
        <Button onClick={onCancel} disabled={isPending}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={isPending} disabled={values !== undefined && !isDirty}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
