import { useState } from 'react'

import { runSchedule, type Schedule } from '#api/contract/schedules.ts'
import { Permitted } from '#console/scopes/permitted.tsx'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'
import { TextLink } from '#console/ui/text-link.tsx'

import { asksForFirstRun } from './first-run.ts'
import { ProvePasswordDialog } from './prove-password-dialog.tsx'
import { RefusalNote } from './refusal-note.tsx'
import { useRunNow } from './use-run-now.ts'

/** What somebody should do about a schedule now; nothing where there is nothing. */
export function ScheduleNotes({ schedule }: { schedule: Schedule }) {
  return (
    <>
      <RefusalNote schedule={schedule} />
      {asksForFirstRun(schedule) && <FirstRunNote schedule={schedule} />}
      {schedule.encrypted && schedule.passwordReminder && <PasswordNote schedule={schedule} />}
      {typeof schedule.refusal !== 'string' && schedule.token !== null && schedule.token.expiresAt !== null && (
        <Callout>
          It runs with the rights of the token{' '}
          <TextLink to={`/tokens/${schedule.token.id}`}>{schedule.token.name}</TextLink>, which ends{' '}
          <RelativeTime at={schedule.token.expiresAt} />. Save it here to let it run with yours.
        </Callout>
      )}
    </>
  )
}

function FirstRunNote({ schedule }: { schedule: Schedule }) {
  const run = useRunNow(schedule)
  return (
    <Callout
      title="It has not run yet"
      action={
        <Permitted endpoint={runSchedule} where={schedule.workspaceId}>
          <Button
            variant={typeof schedule.refusal === 'string' ? 'secondary' : 'primary'}
            onClick={run.start}
            pending={run.isPending}
          >
            Run the first backup now
          </Button>
        </Permitted>
      }
    >
      A run now shows that the target takes it, and starts the protection today.
    </Callout>
  )
}

function PasswordNote({ schedule }: { schedule: Schedule }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Callout
      tone="warning"
      title="Does somebody still know the password?"
      action={<Button onClick={() => setIsOpen(true)}>Prove the password</Button>}
    >
      {schedule.passwordProvenAt === null ? (
        'Nobody has proven it yet.'
      ) : (
        <>
          It was last proven <RelativeTime at={schedule.passwordProvenAt} />.
        </>
      )}{' '}
      Without it these archives cannot be opened.
      {isOpen && <ProvePasswordDialog schedule={schedule} onClose={() => setIsOpen(false)} />}
    </Callout>
  )
}
