import { useMutation } from '@tanstack/react-query'

import type { Schedule } from '#api/contract/schedules.ts'
import { formFailure } from '#console/data/form-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { DeleteByNameDialog } from '#console/ui/delete-by-name-dialog.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

interface DeleteScheduleDialogProps {
  schedule: Schedule
  onClose: () => void
  onDeleted: () => void
}

/** Ends a schedule. What it has backed up stays. */
export function DeleteScheduleDialog({ schedule, onClose, onDeleted }: DeleteScheduleDialogProps) {
  const remove = useMutation(schedules.remove())
  return (
    <DeleteByNameDialog
      kind="schedule"
      name={schedule.name}
      onDelete={(onSuccess) => remove.mutate(schedule.id, { onSuccess })}
      pending={remove.isPending}
      error={formFailure(remove.error, 'The schedule was not deleted')}
      onClose={onClose}
      onDeleted={onDeleted}
    >
      <p>
        {schedule.nextRunAt !== null && (
          <>
            The run <RelativeTime at={schedule.nextRunAt} /> does not happen, nor any after it.{' '}
          </>
        )}
        No more backups of {schedule.workspaceName} are taken by it, and its timetable and rules are lost.
      </p>
      <p>Its backups stay until somebody deletes them: no rule removes them any more.</p>
      {schedule.encrypted && (
        <p>This server still opens them. Anywhere else they open only for who knows the password.</p>
      )}
    </DeleteByNameDialog>
  )
}
