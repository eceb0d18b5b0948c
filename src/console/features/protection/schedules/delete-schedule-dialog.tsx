import { useMutation } from '@tanstack/react-query'

import type { Schedule } from '#api/contract/schedules.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useToast } from '#console/ui/toast.tsx'

interface DeleteScheduleDialogProps {
  schedule: Schedule
  onClose: () => void
  onDeleted: () => void
}

/** Ends a schedule. What it has backed up stays. */
export function DeleteScheduleDialog({ schedule, onClose, onDeleted }: DeleteScheduleDialogProps) {
  const remove = useMutation(schedules.remove())
  const toast = useToast()
  function handleConfirm() {
    remove.mutate(schedule.id, {
      onSuccess: () => {
        toast.success(`Schedule ${schedule.name} deleted`)
        onDeleted()
      },
    })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete schedule ${schedule.name}`}
      confirmLabel="Delete schedule"
      onConfirm={handleConfirm}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The schedule was not deleted')}
    >
      <p>
        No more backups of {schedule.workspaceName} are taken by it. Its backups stay until somebody deletes them: no
        rule removes them any more.
      </p>
      {schedule.encrypted && (
        <p>This server still opens them. Anywhere else they open only for who knows the password.</p>
      )}
    </ConfirmDialog>
  )
}
