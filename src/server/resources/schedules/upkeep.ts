import type { JobDeps } from '../../jobs/run.ts'
import { applyRetention } from './apply-retention.ts'
import { recheckBackups } from './recheck.ts'
import { remindOfPasswords, remindOfTokens } from './remind.ts'
import { replanSchedules } from './replan.ts'
import { takeTurn } from './turn.ts'

/** How late a reminder, a verification or a drill may be. */
const UPKEEP_MS = 10 * 60_000
const RECORDS_KEPT_MS = 30 * 86_400_000

/** What is due beside the runs, done by one process every ten minutes. What fails is tried again then. */
export async function keepUp(deps: JobDeps): Promise<void> {
  if (!(await takeTurn(deps.connection.db, 'upkeep', UPKEEP_MS, deps.now()))) return
  for (const work of [replanSchedules, remindOfTokens, remindOfPasswords, recheckBackups, removeOldRecords]) {
    try {
      await work(deps)
    } catch (error) {
      deps.log.warn({ err: error, work: work.name }, 'the upkeep of schedules failed in part')
    }
  }
}

/** A schedule that only fails has no good run after which its old failures would go. */
async function removeOldRecords(deps: JobDeps): Promise<void> {
  const schedules = await deps.connection.db
    .selectFrom('backup')
    .select('schedule_id as id')
    .distinct()
    .where('kind', '=', 'scheduled')
    .where('status', 'in', ['failed', 'cancelled'])
    .where('is_pinned', '=', false)
    .where('schedule_id', 'is not', null)
    .where('created_at', '<', new Date(deps.now().getTime() - RECORDS_KEPT_MS))
    .execute()
  for (const { id } of schedules) if (id !== null) await applyRetention(deps, id)
}
