import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'

import { CreateWorkspace } from '#api/contract/workspaces.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { DialogFooter } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { FormError } from '#console/ui/form-error.tsx'
import { Input } from '#console/ui/input.tsx'
import { Textarea } from '#console/ui/textarea.tsx'

const defaultValues: z.input<typeof CreateWorkspace> = { name: '', description: '' }

interface WorkspaceFormProps {
  /** Of the workspace that is edited; a new one has none. */
  values?: z.input<typeof CreateWorkspace>
  submitLabel: string
  failureTitle: string
  error: unknown
  isPending: boolean
  onCancel: () => void
  onSubmit: (values: CreateWorkspace, onError: (error: unknown) => void) => void
}

/** Name and description, for a new workspace and for one that is there. */
export function WorkspaceForm({
  values,
  submitLabel,
  failureTitle,
  error,
  isPending,
  onCancel,
  onSubmit,
}: WorkspaceFormProps) {
  const form = useForm({ resolver: zodResolver(CreateWorkspace), defaultValues: values ?? defaultValues })
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
