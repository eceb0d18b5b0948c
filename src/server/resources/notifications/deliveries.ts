import type { Selectable } from 'kysely'

import type { Delivery } from '#api/contract/notifications.ts'
import type { CursorQuery } from '#api/contract/paging.ts'

import type { Db } from '../../db/connection.ts'
import type { NotificationTable } from '../../db/tables.ts'

export type NotificationRow = Selectable<NotificationTable>

const KEPT_MS = 90 * 86_400_000

/** What was sent and what waits, newest first. */
export async function listDeliveries(
  db: Db,
  query: CursorQuery & { channelId?: number | undefined },
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const rows = await db
    .selectFrom('notification')
    .selectAll()
    .$if(query.channelId !== undefined, (select) => select.where('channel_id', '=', query.channelId ?? 0))
    .$if(query.cursor !== undefined, (select) => select.where('id', '<', Number(query.cursor) || 0))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: page.map(toDelivery), nextCursor: rows.length > page.length ? String(page.at(-1)?.id) : null }
}

/** What was last sent to a channel, or waits to be. */
export async function lastDelivery(db: Db, channelId: number): Promise<NotificationRow | null> {
  const row = await db
    .selectFrom('notification')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** The message, while it waits to be sent. */
export function findQueued(db: Db, id: number): Promise<NotificationRow | undefined> {
  return db
    .selectFrom('notification')
    .selectAll()
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .executeTakeFirst()
}

/** Notes how an attempt at sending went. Nothing is noted twice, nor of a channel that is gone by now. */
export async function noteAttempt(
  db: Db,
  id: number,
  change: Pick<NotificationRow, 'status' | 'error' | 'next_attempt_at' | 'delivered_at'>,
): Promise<void> {
  await db
    .updateTable('notification')
    .set((set) => ({ ...change, attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .execute()
}

/** Forgets messages older than 90 days, and with them that they were told. */
export async function pruneNotifications(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('notification')
    .where('created_at', '<', new Date(now.getTime() - KEPT_MS))
    .execute()
}

export function toDelivery(row: NotificationRow): Delivery {
  return {
    id: row.id,
    channelId: row.channel_id,
    event: row.event,
    subject: row.payload.subject,
    status: row.status,
    attempts: row.attempts,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  }
}
