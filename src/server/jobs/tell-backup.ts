import type { BackupWarning } from '#api/contract/backups.ts'

import { readFacts } from '../resources/backups/facts.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import { type Message, notify } from '../resources/notifications/notify.ts'
import type { Judgement } from './judge-backup.ts'
import type { JobDeps } from './run.ts'

/** Tells that a backup failed for good. */
export async function tellFailure(deps: JobDeps, row: BackupRow, { message }: { message: string }): Promise<void> {
  await tell(deps, row, 'failed', `The backup of "${row.workspace_name}" failed`, message)
}

/** Tells that a stored archive is not what was written any more. */
export async function tellDamage(deps: JobDeps, row: BackupRow, { message }: { message: string }): Promise<void> {
  await tell(deps, row, 'failed', `A backup of "${row.workspace_name}" is damaged`, message)
}

/** Tells that nobody knows whether a stored archive is whole. */
export async function tellUnverified(deps: JobDeps, row: BackupRow, { message }: { message: string }): Promise<void> {
  await tell(deps, row, 'failed', `A backup of "${row.workspace_name}" could not be verified`, message)
}

/** Tells what is unusual of a whole backup, and that its schedule works again. */
export async function tellJudgement(deps: JobDeps, row: BackupRow, { status, warnings }: Judgement): Promise<void> {
  const name = `The backup of "${row.workspace_name}"`
  const why = warnings.map(({ message }) => message).join(' ')
  if (status === 'looks_wrong') {
    const advice = 'It is whole and verified. Look at the workspace before you rely on it, and keep an earlier one.'
    await tell(deps, row, 'looks_wrong', `${name} looks wrong`, `${why} ${advice}`)
    return
  }
  const jump = warnings.find(isJump)
  if (jump !== undefined) {
    await tell(deps, row, 'size_jump', `${name} is unusually ${jump.code === 'larger' ? 'large' : 'small'}`, why)
  }
  if (await isRecovery(deps, row)) {
    await tell(deps, row, 'recovered', `${name} works again`, 'The run before it had failed; this one is whole.')
  }
}

function isJump({ code }: BackupWarning): boolean {
  return code === 'smaller' || code === 'larger'
}

/** True for the first good run of a schedule after one that failed. */
async function isRecovery({ connection: { db } }: JobDeps, row: BackupRow): Promise<boolean> {
  if (row.schedule_id === null) return false
  const before = await db
    .selectFrom('backup')
    .select('status')
    .where('schedule_id', '=', row.schedule_id)
    .where('id', '<', row.id)
    .where('status', 'not in', ['queued', 'running', 'cancelled'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return before?.status === 'failed'
}

async function tell(
  deps: JobDeps,
  row: BackupRow,
  event: Message['event'],
  subject: string,
  message: string,
): Promise<void> {
  const scheduleName = (await readFacts(deps.connection.db, [row.id])).get(row.id)?.scheduleName ?? null
  await notify(deps, {
    event,
    subject,
    message,
    workspace: row.workspace_id === null ? null : { id: row.workspace_id, name: row.workspace_name },
    schedule: row.schedule_id === null || scheduleName === null ? null : { id: row.schedule_id, name: scheduleName },
    backup: { id: row.id, status: row.status },
    path: row.workspace_id === null ? '/' : `/w/${row.workspace_id}/backups/${row.id}`,
  })
}
