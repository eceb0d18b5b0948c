import { sql } from 'kysely'

import { findQueued, type NotificationRow, noteAttempt } from '../resources/notifications/deliveries.ts'
import type { Outcome } from '../resources/notifications/outcome.ts'
import { sendMessage } from '../resources/notifications/send-message.ts'
import { getChannel } from '../resources/notifications/store.ts'
import type { JobPayloads } from './queue.ts'
import { HandedBack, type JobDeps, type JobRun, nextAttemptAt, TryAgain } from './run.ts'

/** A message that could not be sent for so long is given up. */
const GIVEN_UP_MS = 12 * 3_600_000
/** One whose job was lost is given up later: the server may not have run for days. */
const LOST_MS = 7 * 86_400_000
const PAUSE_MIN_MS = 30 * 60_000
/** Longer than a worker needs to note how a job ended. */
const SETTLED_MS = 5_000
const LOST = 'The server ended in the middle of sending, several times over.'

/**
 * Sends one message. What fails for a passing reason is tried again as often as the queue does, about a quarter of an
 * hour; then after pauses that double, with a new job each (`sweepNotifications`).
 */
export async function runNotify(deps: JobDeps, run: JobRun<JobPayloads['notify']>): Promise<void> {
  run.signal.throwIfAborted()
  const row = await findQueued(deps.connection.db, run.payload.notificationId)
  if (row === undefined) return
  const outcome = await attempt(deps, row, run.signal)
  if (outcome.isDelivered) {
    const { warning } = outcome
    await note(deps, row, { status: 'delivered', error: warning, next_attempt_at: null, delivered_at: deps.now() })
    return
  }
  if (run.signal.aborted) throw new HandedBack()
  const next_attempt_at = outcome.isFinal ? null : nextOf(row, run, deps.now())
  const status = next_attempt_at === null ? 'failed' : 'queued'
  await note(deps, row, { status, error: outcome.message, next_attempt_at, delivered_at: null })
  const facts = { notificationId: row.id, channelId: row.channel_id, event: row.event, reason: outcome.message }
  if (status === 'failed') deps.log.error(facts, 'a notification was not delivered')
  else if (run.isLastAttempt) deps.log.warn(facts, 'a notification was not delivered and will be sent again later')
  else throw new TryAgain('The notification was not delivered and will be sent again')
}

/** When the message is sent again; null = never. */
function nextOf({ created_at }: NotificationRow, run: JobRun<unknown>, now: Date): Date | null {
  if (!run.isLastAttempt) return nextAttemptAt(run, now)
  const ageMs = now.getTime() - created_at.getTime()
  return ageMs >= GIVEN_UP_MS ? null : new Date(now.getTime() + Math.max(ageMs, PAUSE_MIN_MS))
}

async function attempt(deps: JobDeps, row: NotificationRow, signal: AbortSignal): Promise<Outcome> {
  const channel = await getChannel(deps.connection.db, row.channel_id)
  if (!channel.is_active) {
    return { isDelivered: false, message: 'The channel was turned off before this was sent.', isFinal: true }
  }
  return sendMessage(deps, channel, { deliveryId: String(row.id), payload: row.payload }, { signal })
}

async function note(
  { connection: { db }, hub }: JobDeps,
  { id, channel_id }: NotificationRow,
  change: Parameters<typeof noteAttempt>[2],
): Promise<void> {
  await noteAttempt(db, id, change)
  await hub.publish(db, { type: 'changed', resource: 'notifications', id: channel_id })
}

/**
 * Puts messages into the queue whose pause is over, or whose job was lost because the process died once too often.
 * Safe to be run by several processes at once: of two, the second finds nothing left to do.
 */
export async function sweepNotifications({ connection: { db }, jobs, now }: JobDeps): Promise<void> {
  const before = (ms: number): Date => new Date(now().getTime() - ms)
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number; isLost: boolean }>`
      update metadeck.notification item set
        next_attempt_at = case when created_at < ${before(LOST_MS)} then null else ${now()}::timestamptz end,
        status = case when created_at < ${before(LOST_MS)} then 'failed' else status end,
        error = case when created_at < ${before(LOST_MS)} then coalesce(error, ${LOST}) else error end
      where status = 'queued' and coalesce(next_attempt_at, created_at) < ${before(SETTLED_MS)} and not exists (
        select from pgboss.job
        where name = 'notify' and state in ('created', 'retry', 'active') and (data->>'notificationId')::bigint = item.id
      ) returning id, status = 'failed' as "isLost"`.execute(trx)
    for (const { id, isLost } of rows) if (!isLost) await jobs.enqueue('notify', { notificationId: id }, trx)
  })
}
