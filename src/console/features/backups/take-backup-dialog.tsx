import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'

import { backups } from '#console/data/backups.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { Button } from '#console/ui/button.tsx'
import { Checkbox } from '#console/ui/checkbox.tsx'
import { Dialog, DialogFooter } from '#console/ui/dialog.tsx'
import { FormError } from '#console/ui/form-error.tsx'

import { ArchivePasswordFields } from './archive-password-fields.tsx'
import { TakeBackupForm } from './archive-password.ts'
import { BranchField } from './branch-field.tsx'

export interface TakeBackupDialogProps {
  workspaceId: number
  workspaceName: string
  onClose: () => void
}

const defaultValues: TakeBackupForm = { branch: '', definitionOnly: false, password: '', repeat: '' }

export function TakeBackupDialog({ workspaceId, workspaceName, onClose }: TakeBackupDialogProps) {
  const create = useMutation(backups.create())
  const form = useForm({ resolver: zodResolver(TakeBackupForm), defaultValues })
  const failure = formFailure(create.error, 'The backup was not started')

  const handleSubmit = form.handleSubmit(({ branch, definitionOnly, password }) => {
    create.mutate(
      { workspaceId, branch, definitionOnly, password },
      { onSuccess: onClose, onError: (error) => showFieldIssues(form, error) },
    )
  })

  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title={`Back up ${workspaceName}`}
      description="Reads one consistent state while everybody goes on working, then reads the archive back to verify it."
    >
      <FormProvider {...form}>
        <form onSubmit={handleSubmit} noValidate className="flex flex-col gap-4">
          <BranchField workspaceId={workspaceId} />
          <DefinitionOnlyField />
          <ArchivePasswordFields />
          {failure && <FormError {...failure} />}
          <DialogFooter>
            <Button onClick={onClose} disabled={create.isPending}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" pending={create.isPending}>
              Take backup
            </Button>
          </DialogFooter>
        </form>
      </FormProvider>
    </Dialog>
  )
}

function DefinitionOnlyField() {
  const { control, setValue } = useFormContext<TakeBackupForm>()
  const isOn = useWatch({ control, name: 'definitionOnly' })
  return (
    <Checkbox
      label="Definition only"
      description="Tables, API groups and constructs without rows and stored files. A restore from it brings back empty tables."
      checked={isOn}
      onCheckedChange={(next) => setValue('definitionOnly', next)}
    />
  )
}
