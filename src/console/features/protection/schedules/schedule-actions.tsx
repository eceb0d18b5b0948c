import { useMutation } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import type { Schedule } from '#api/contract/schedules.ts'
import { describeFailure } from '#console/data/describe-failure.ts'
import { schedules } from '#console/data/schedules.ts'
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
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More actions" variant="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {schedule.encrypted && (
          <>
            <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setOpen('prove')}>
              Prove the password
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen('delete')}>
          Delete schedule
        </MenuItem>
      </Menu>
      <Button onClick={pause.toggle} pending={pause.isPending}>
        {schedule.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {schedule.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button onClick={run.start} pending={run.isPending}>
        Run now
      </Button>
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
  const toggle = () =>
    mutate(
      { id, paused: !paused },
      {
        onSuccess: () => toast.success(paused ? `${name} runs again at its times` : `${name} is paused`),
        onError: (error) => {
          const { title, cause } = describeFailure(error, paused ? 'It was not resumed' : 'It was not paused')
          toast.danger(title, { description: cause })
        },
      },
    )
  return { toggle, isPending }
}
