import type { BackupRow } from '../backups/store.ts'
import type { Message } from '../notifications/notify.ts'
import type { Decision } from './decide-run.ts'
import { localClock } from './local-clock.ts'
import { MISSED_COUNTED_MAX } from './plan-next.ts'
import type { ScheduleRow } from './store.ts'

type Missed = NonNullable<Decision['missed']>
/** Of an ISO moment, up to its hour. */
const HOUR_CHARACTERS = 13

type About = Pick<ScheduleRow, 'id' | 'name' | 'workspace_id' | 'workspace_name'>
type Timed = About & Pick<ScheduleRow, 'time_zone'>

/** Who and what a message about a schedule is of. */
export function about(schedule: About): Pick<Message, 'workspace' | 'schedule' | 'backup' | 'path'> {
  return {
    workspace: { id: schedule.workspace_id, name: schedule.workspace_name },
    schedule: { id: schedule.id, name: schedule.name },
    backup: null,
    path: `/w/${schedule.workspace_id}/backups`,
  }
}

/** A run did not begin at its time. */
export function missedMessage(
  schedule: Timed,
  missed: Missed,
  { moments, next }: { moments: readonly Date[]; next: Date | null },
): Message {
  const when = clockTime(schedule, moments[0])
  return {
    ...about(schedule),
    event: 'missed',
    subject: `The schedule "${schedule.name}" of "${schedule.workspace_name}" missed a run`,
    message: `${why(schedule, missed, when)} ${then(schedule, missed, next)}`,
    once: onceKey(schedule, missed, moments[0]),
  }
}

function why(schedule: Timed, missed: Missed, when: string): string {
  if (missed.kind === 'under_way') {
    return `The run of ${when} did not begin because backup ${missed.backupId} of the schedule "${schedule.name}" had not ended yet.`
  }
  const count = missed.count >= MISSED_COUNTED_MAX ? `at least ${MISSED_COUNTED_MAX}` : String(missed.count)
  const others = missed.count > 1 ? ` In all, ${count} runs were missed.` : ''
  return `The server was not working when the run of ${when} was due.${others}`
}

function then(schedule: Timed, { kind }: Missed, next: Date | null): string {
  const following = next === null ? '' : ` The next one is at ${clockTime(schedule, next)}.`
  if (kind === 'made_up') return `One run was started now to make up for it.${following}`
  if (kind === 'left_out') return `It is not made up for, as the schedule says.${following}`
  return `Let it run less often if that happens again.${following}`
}

/**
 * While one backup takes its time, that is told once, however many runs it holds up; of those that began in one hour, it
 * is told of one.
 */
function onceKey({ id }: About, missed: Missed, at: Date | undefined): string {
  const what =
    missed.kind === 'under_way'
      ? `during ${missed.since.toISOString().slice(0, HOUR_CHARACTERS)}`
      : (at?.toISOString() ?? '')
  return `missed:${id}:${what}`
}

function clockTime({ time_zone }: Timed, at: Date | undefined): string {
  return at === undefined ? 'an unknown time' : `${localClock(time_zone).local(at)} (${time_zone})`
}

/** A run may not or cannot begin. */
export function refusedMessage(schedule: ScheduleRow, backup: BackupRow, message: string): Message {
  return {
    ...about(schedule),
    event: 'failed',
    subject: `The schedule "${schedule.name}" of "${schedule.workspace_name}" cannot run`,
    message,
    backup: { id: backup.id, status: backup.status },
    path: `/w/${schedule.workspace_id}/backups/${backup.id}`,
  }
}
