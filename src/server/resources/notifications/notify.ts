import type { NotificationEvent, NotificationPayload } from '#api/contract/notifications.ts'

import type { Deps } from '../../deps.ts'
import type { JobQueue } from '../../jobs/queue.ts'

type NotifyDeps = Pick<Deps, 'connection' | 'publicUrl' | 'now' | 'log' | 'hub'> & { jobs: Pick<JobQueue, 'enqueue'> }

/** What is told; `path` is the address in the console below the origin, such as `/w/1/backups/4`. */
export interface Message extends Omit<NotificationPayload, 'event' | 'at' | 'url'> {
  event: NotificationEvent
  path: string
  /** A message with the same key is told once only. */
  once?: string
}

/** Tells every active channel that wants to know. Never throws: what cannot be told is in the log. */
export async function notify(
  { connection: { db }, jobs, publicUrl, now, log }: NotifyDeps,
  { path, once, ...message }: Message,
): Promise<void> {
  try {
    const channels = await db.selectFrom('notification_channel').selectAll().where('is_active', '=', true).execute()
    const payload: NotificationPayload = { ...message, at: now().toISOString(), url: `${publicUrl()}${path}` }
    for (const channel of channels.filter(({ events }) => events.includes(message.event))) {
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto('notification')
          .values({
            channel_id: channel.id,
            event: message.event,
            dedup_key: once ?? null,
            payload: JSON.stringify(payload),
            status: 'queued',
            created_at: now(),
          })
          .onConflict((conflict) =>
            conflict.columns(['channel_id', 'dedup_key']).where('dedup_key', 'is not', null).doNothing(),
          )
          .returning('id')
          .executeTakeFirst()
        if (row !== undefined) await jobs.enqueue('notify', { notificationId: row.id }, trx)
      })
    }
  } catch (error) {
    log.error({ err: error, event: message.event }, 'a notification could not be made')
  }
}
