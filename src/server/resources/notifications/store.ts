import type { Selectable } from 'kysely'

import type { Channel, ChannelSettings, SaveChannel } from '#api/contract/notifications.ts'

import type { Db } from '../../db/connection.ts'
import type { NotificationChannelTable, NotificationTable } from '../../db/tables.ts'
import { invalidInput, notFound } from '../../errors.ts'
import { toDelivery } from './deliveries.ts'

export type ChannelRow = Selectable<NotificationChannelTable>

/** What a request says of a channel; a `sealedSecret` that is undefined stays. */
type ChannelFields = Required<Omit<SaveChannel, 'secret' | 'settings'>> & {
  settings: ChannelSettings
  sealedSecret: string | null | undefined
}

/** All channels by name, each with what was last sent to it. */
export async function listChannels(db: Db): Promise<Channel[]> {
  const channels = await db.selectFrom('notification_channel').selectAll().orderBy('name').orderBy('id').execute()
  const last = await db
    .selectFrom('notification_channel as channel')
    .innerJoinLateral(
      (join) =>
        join
          .selectFrom('notification')
          .selectAll()
          .whereRef('channel_id', '=', 'channel.id')
          .orderBy('id', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .selectAll('last')
    .execute()
  return channels.map((row) => toChannel(row, last.find(({ channel_id }) => channel_id === row.id) ?? null))
}

/** One channel; throws `not_found`. */
export async function getChannel(db: Db, id: number): Promise<ChannelRow> {
  const row = await db.selectFrom('notification_channel').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`The channel ${id}`)
  return row
}

/** The same, held until the transaction ends. */
export async function holdChannel(trx: Db, id: number): Promise<ChannelRow> {
  const row = await trx
    .selectFrom('notification_channel')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(`The channel ${id}`)
  return row
}

/** Adds a channel; throws 400 where the name is taken. */
export async function insertChannel(
  db: Db,
  { sealedSecret, ...fields }: ChannelFields,
  createdBy: string,
  now: Date,
): Promise<ChannelRow> {
  return db
    .insertInto('notification_channel')
    .values({
      ...columnsOf(fields),
      sealed_secret: sealedSecret ?? null,
      created_by: createdBy,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

/** Writes what a channel says now; throws 400 where the name is taken. */
export async function updateChannel(
  db: Db,
  id: number,
  { sealedSecret, ...fields }: ChannelFields,
  now: Date,
): Promise<ChannelRow> {
  return db
    .updateTable('notification_channel')
    .set({
      ...columnsOf(fields),
      ...(sealedSecret === undefined ? {} : { sealed_secret: sealedSecret }),
      updated_at: now,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseTaken(fields.name))
}

function columnsOf({ name, settings, events, active }: Omit<ChannelFields, 'sealedSecret'>) {
  return {
    name,
    kind: settings.kind,
    settings: JSON.stringify(settings),
    events: JSON.stringify([...new Set(events)]),
    is_active: active,
  }
}

const UNIQUE_VIOLATION = '23505'

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error
    throw invalidInput('name', `A channel named "${name}" exists already. Choose another name.`)
  }
}

/** Where and how a channel sends, without its secret. */
export function settingsOf(row: Pick<ChannelRow, 'settings'>): ChannelSettings {
  return row.settings as ChannelSettings
}

export function toChannel(row: ChannelRow, last: Selectable<NotificationTable> | null): Channel {
  return {
    id: row.id,
    name: row.name,
    settings: settingsOf(row),
    hasSecret: row.sealed_secret !== null,
    events: row.events,
    active: row.is_active,
    lastDelivery: last === null ? null : toDelivery(last),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
