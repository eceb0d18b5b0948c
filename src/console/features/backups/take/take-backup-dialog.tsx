import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { FormProvider, useForm, useWatch } from 'react-hook-form'

import type { Backup } from '#api/contract/backups.ts'
import { backups } from '#console/data/backups.ts'
import { formFailure, showFieldIssues } from '#console/data/form-failure.ts'
import { DialogForm } from '#console/ui/dialog-form.tsx'
import { Dialog } from '#console/ui/dialog.tsx'
import { Field } from '#console/ui/field.tsx'
import { Input } from '#console/ui/input.tsx'

import { expectedWords } from '../backup-words.ts'
import { ArchivePasswordFields } from './archive-password-fields.tsx'
import { BranchField } from './branch-field.tsx'
import { ContentsField } from './contents-field.tsx'
import { TAKE_BACKUP_DEFAULTS, TakeBackupForm } from './take-backup-form.ts'
import { TargetField } from './target-field.tsx'

export interface TakeBackupDialogProps {
  workspaceId: number
  workspaceName: string
  /** Earlier runs of the workspace: how long one takes. */
  earlier: readonly Backup[]
  onClose: () => void
}

export function TakeBackupDialog({ workspaceId, workspaceName, earlier, onClose }: TakeBackupDialogProps) {
  const create = useMutation(backups.create())
  const form = useForm({ resolver: zodResolver(TakeBackupForm), defaultValues: TAKE_BACKUP_DEFAULTS })
  const definitionOnly = useWatch({ control: form.control, name: 'definitionOnly' })
  const expected = expectedWords(earlier, definitionOnly)

  const handleSubmit = form.handleSubmit(({ branch, definitionOnly: isBare, files, ...values }) => {
    const { targetId, note, password } = values
    create.mutate(
      { workspaceId, branch, definitionOnly: isBare, files: files && !isBare, targetId, note, password },
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
        <DialogForm
          onSubmit={handleSubmit}
          onCancel={onClose}
          submitLabel="Take backup"
          pending={create.isPending}
          failure={formFailure(create.error, 'The backup was not started')}
          note={<p className="mr-auto w-full text-sm text-muted tabular-nums sm:w-auto">{expected}</p>}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <BranchField workspaceId={workspaceId} />
            <TargetField />
          </div>
          <ContentsField />
          <ArchivePasswordFields />
          <Field label="Note" optional error={form.formState.errors.note?.message}>
            <Input {...form.register('note')} placeholder="Before the price change" />
          </Field>
        </DialogForm>
      </FormProvider>
    </Dialog>
  )
}
