import { Ellipsis, KeyRound, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { deleteSchedule, pauseSchedule, provePassword, runSchedule, type Schedule } from '#api/contract/schedules.ts'
import { Permitted } from '#console/scopes/permitted.tsx'
import { useMay } from '#console/scopes/use-may.ts'
import { Button } from '#console/ui/button.tsx'
import { IconButton } from '#console/ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#console/ui/menu.tsx'

import { DeleteScheduleDialog } from './delete-schedule-dialog.tsx'
import { asksForFirstRun } from './first-run.ts'
import { ProvePasswordDialog } from './prove-password-dialog.tsx'
import { usePause } from './use-pause.ts'
import { useRunNow } from './use-run-now.ts'

/** What can be done with a schedule besides changing it. */
export function ScheduleActions({ schedule }: { schedule: Schedule }) {
  const [open, setOpen] = useState<'prove' | 'delete'>()
  const navigate = useNavigate()
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
      {!asksForFirstRun(schedule) && <RunButton schedule={schedule} />}
      <PauseButton schedule={schedule} />
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

function RunButton({ schedule }: { schedule: Schedule }) {
  const run = useRunNow(schedule)
  return (
    <Permitted endpoint={runSchedule} where={schedule.workspaceId}>
      <Button onClick={run.start} pending={run.isPending}>
        Run now
      </Button>
    </Permitted>
  )
}

function PauseButton({ schedule }: { schedule: Schedule }) {
  const { toggle, isPending } = usePause(schedule)
  const { paused, workspaceId } = schedule
  return (
    <Permitted endpoint={pauseSchedule} where={workspaceId}>
      <Button variant={paused ? 'primary' : 'secondary'} onClick={toggle} pending={isPending}>
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </Permitted>
  )
}
