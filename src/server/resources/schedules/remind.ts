import type { JobDeps } from '../../jobs/run.ts'
import { notify } from '../notifications/notify.ts'
import { about } from './messages.ts'
import { PASSWORD_PROVEN_FOR_MS } from './present.ts'

const DAY_MS = 86_400_000
/** Days before its end at which a token is told of, the last first. */
const STEPS = [1, 7, 14] as const

/** Tells of access tokens that end soon and that schedules run with: once for each token and step. */
export async function remindOfTokens(deps: JobDeps): Promise<void> {
  const now = deps.now()
  const rows = await deps.connection.db
    .selectFrom('schedule')
    .innerJoin('access_token', 'access_token.id', 'schedule.token_id')
    .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
    .select(['schedule.id', 'schedule.name', 'schedule.workspace_id', 'workspace.name as workspace_name'])
    .select(['access_token.id as token_id', 'access_token.name as token_name', 'access_token.expires_at'])
    .where('schedule.is_paused', '=', false)
    .where('access_token.revoked_at', 'is', null)
    .where('access_token.expires_at', '>', now)
    .where('access_token.expires_at', '<=', new Date(now.getTime() + Math.max(...STEPS) * DAY_MS))
    .orderBy('schedule.id')
    .execute()
  for (const [tokenId, schedules] of Map.groupBy(rows, (row) => row.token_id)) {
    const [first] = schedules
    if (first?.expires_at === null || first === undefined) continue
    const step = STEPS.find(
      (days) => first.expires_at !== null && first.expires_at.getTime() - now.getTime() <= days * DAY_MS,
    )
    const names = schedules.map(({ name, workspace_name }) => `"${name}" of "${workspace_name}"`)
    await notify(deps, {
      ...about(first),
      event: 'token_expiring',
      subject: `The access token "${first.token_name}" ends soon, and ${schedules.length === 1 ? 'a schedule needs' : `${schedules.length} schedules need`} it`,
      message: `It ends at ${first.expires_at.toISOString()}. From then on the runs of ${new Intl.ListFormat('en').format(names)} fail. Save the schedule with another token, or sign in and save it: it then runs with your rights.`,
      once: `token:${tokenId}:${step ?? 0}`,
    })
  }
}

/** Asks for a schedule's password that nobody has proved for 90 days, once in 90 days. */
export async function remindOfPasswords(deps: JobDeps): Promise<void> {
  const now = deps.now()
  const rows = await deps.connection.db
    .selectFrom('schedule')
    .innerJoin('workspace', 'workspace.id', 'schedule.workspace_id')
    .select(['schedule.id', 'schedule.name', 'schedule.workspace_id', 'workspace.name as workspace_name'])
    .select(['schedule.password_proven_at', 'schedule.created_at'])
    .where('schedule.is_paused', '=', false)
    .where('schedule.sealed_password', 'is not', null)
    .where((where) =>
      where(
        where.fn.coalesce('schedule.password_proven_at', 'schedule.created_at'),
        '<=',
        new Date(now.getTime() - PASSWORD_PROVEN_FOR_MS),
      ),
    )
    .execute()
  for (const row of rows) {
    const proven = row.password_proven_at ?? row.created_at
    const times = Math.floor((now.getTime() - proven.getTime()) / PASSWORD_PROVEN_FOR_MS)
    await notify(deps, {
      ...about(row),
      event: 'password_reminder',
      subject: `Does anybody still know the password of the schedule "${row.name}"?`,
      message: `Nobody has proved it since ${proven.toISOString().slice(0, 10)}. Without it, backups of "${row.workspace_name}" cannot be opened outside this server. Open the schedule and type the password; if nobody knows it, set a new one.`,
      once: `password:${row.id}:${proven.toISOString()}:${times}`,
    })
  }
}
