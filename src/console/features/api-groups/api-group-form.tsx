import { zodResolver } from '@hookform/resolvers/zod'
import { Controller, useForm } from 'react-hook-form'
import type { z } from 'zod'

import { CreateApiGroup } from '#api/contract/api-groups.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { DialogForm, type DialogFormProps } from '#console/ui/dialog-form.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

const GroupForm = CreateApiGroup.pick({ name: true, description: true, swagger: true })
type GroupForm = z.infer<typeof GroupForm>

const defaultValues: GroupForm = { name: '', description: '', swagger: true }

interface ApiGroupFormProps extends Pick<DialogFormProps, 'submitLabel' | 'pending' | 'failure' | 'onCancel'> {
  /** Of the group that is edited; a new one has none. */
  values?: GroupForm
  onSubmit: (values: GroupForm, onError: (error: unknown) => void) => void
}

/** What a group is called and whether its documentation can be read, for a new one and for one that is there. */
export function ApiGroupForm({ values, onSubmit, ...rest }: ApiGroupFormProps) {
  const form = useForm({ resolver: zodResolver(GroupForm), defaultValues: values ?? defaultValues })
  const { errors, isDirty } = form.formState
  const handleSubmit = form.handleSubmit((parsed) => onSubmit(parsed, (refusal) => showFieldIssues(form, refusal)))
  return (
    <DialogForm {...rest} onSubmit={handleSubmit} disabled={values !== undefined && !isDirty}>
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
    </DialogForm>
  )
}
