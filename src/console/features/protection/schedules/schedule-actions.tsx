import { useMutation } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { deleteSchedule, pauseSchedule, provePassword, runSchedule, type Schedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { schedules } from '#console/data/schedules.ts'
import { Permitted } from '#console/scopes/permitted.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'
import { useToast } from '#console/ui/toast.tsx'

import { DeleteScheduleDialog } from './delete-schedule-dialog.tsx'
import { ProvePasswordDialog } from './prove-password-dialog.tsx'
import { useRunNow } from './use-run-now.ts'

/** What can be done with a schedule besides changing it. */
export function ScheduleActions({ schedule }: { schedule: Schedule }) {
  const [open, setOpen] = useState<'prove' | 'delete'>()
  const navigate = useNavigate()
  const run = useRunNow(schedule)
  const pause = usePause(schedule)
  const close = () => setOpen(undefined)
  const may = useMay()
  const { workspaceId } = schedule
  const canProve = schedule.encrypted && may(provePassword, workspaceId)
  const canDelete = may(deleteSchedule, workspaceId)
  return (
    <>
      {(canProve || canDelete) && (
        <Menu
          trigger={
            <IconButton label="More actions" variant="secondary">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {canProve && (
            <>
              <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setOpen('prove')}>
                Prove the password
              </MenuItem>
              {canDelete && <MenuSeparator />}
            </>
          )}
          {canDelete && (
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen('delete')}>
              Delete schedule
            </MenuItem>
          )}
        </Menu>
      )}
      <Permitted endpoint={pauseSchedule} where={workspaceId}>
        <Button onClick={pause.toggle} pending={pause.isPending}>
          {schedule.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {schedule.paused ? 'Resume' : 'Pause'}
        </Button>
      </Permitted>
      <Permitted endpoint={runSchedule} where={workspaceId}>
        <Button onClick={run.start} pending={run.isPending}>
          Run now
        </Button>
      </Permitted>
      {open === 'prove' && <ProvePasswordDialog schedule={schedule} onClose={close} />}
      {open === 'delete' && (
        <DeleteScheduleDialog
          schedule={schedule}
          onClose={close}
          onDeleted={() => void navigate(`/w/${schedule.workspaceId}/backups`, { replace: true })}
        />
      )}
    </>
  )
}

function usePause({ id, name, paused }: Schedule) {
  const { mutate, isPending } = useMutation(schedules.pause())
  const toast = useToast()
  const set = (isPaused: boolean, isUndo = false): void =>
    mutate(
      { id, paused: isPaused },
      {
        onSuccess: () =>
          toast.success(isPaused ? `${name} is paused` : `${name} runs again at its times`, {
            action: isUndo ? undefined : { label: 'Undo', onSelect: () => set(!isPaused, true) },
          }),
        onError: (error) => {
          const { title, cause } = describeFailure(error, isPaused ? 'It was not paused' : 'It was not resumed')
          toast.danger(title, { description: cause })
        },
      },
    )
  return { toggle: () => set(!paused), isPending }
}
