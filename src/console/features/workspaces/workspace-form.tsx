import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'

import { CreateWorkspace } from '#api/contract/workspaces.ts'
import { showFieldIssues } from '#console/data/form-failure.ts'
import { DialogForm, type DialogFormProps } from '#console/ui/dialog-form.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

const defaultValues: z.input<typeof CreateWorkspace> = { name: '', description: '' }

interface WorkspaceFormProps extends Pick<DialogFormProps, 'submitLabel' | 'pending' | 'failure' | 'onCancel'> {
  /** Of the workspace that is edited; a new one has none. */
  values?: z.input<typeof CreateWorkspace>
  onSubmit: (values: CreateWorkspace, onError: (error: unknown) => void) => void
}

/** Name and description, for a new workspace and for one that is there. */
export function WorkspaceForm({ values, onSubmit, ...rest }: WorkspaceFormProps) {
  const form = useForm({ resolver: zodResolver(CreateWorkspace), defaultValues: values ?? defaultValues })
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
    </DialogForm>
  )
}
