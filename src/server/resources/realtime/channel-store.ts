import { sql } from 'kysely'

import type { WriteChannelRule } from '#api/contract/realtime.ts'
import type { ConstructChanges, ConstructHeader } from '#xanoscript/construct-header.ts'
import { editConstruct } from '#xanoscript/edit-construct.ts'
import { newConstruct } from '#xanoscript/new-construct.ts'
import { readConstruct } from '#xanoscript/read-construct.ts'

import type { Db } from '../../db/connection.ts'
import { tryRead } from '../constructs/document.ts'
import {
  type ConstructRow,
  derivedFields,
  insertConstruct,
  listConstructs,
  updateConstruct,
} from '../constructs/store.ts'
import { type ChannelChanges, changesOf } from './channel-rule.ts'
import { checkRules, matchRules } from './match-rules.ts'

const KIND = 'realtime_channel'

/** A channel with what its text says. */
interface Channel {
  id: number
  name: string
  row: ConstructRow
  text: string
  header: ConstructHeader
}

/** Channels of a branch in the order they were made. */
export async function listChannels(db: Db, branchId: number): Promise<Channel[]> {
  return (await listConstructs(db, branchId, KIND)).map(readChannel)
}

/** A text that this release cannot read any more counts as that of a channel that says nothing. */
function readChannel(row: ConstructRow): Channel {
  const { id, name, text } = row
  const read = tryRead(text)
  if ('header' in read) return { id, name, row, text, header: read.header }
  const plain = newConstruct(KIND, { name, description: orNull(row.description) })
  return { id, name, row, text: plain, header: readConstruct(plain) }
}

/** Makes these the channels of the branch: adds, changes and removes. A channel that stays as it is is not written. */
export async function replaceChannels(
  trx: Db,
  place: { workspaceId: number; branchId: number },
  rules: readonly WriteChannelRule[],
  now: Date,
): Promise<void> {
  checkRules(rules)
  await holdChannels(trx, place.branchId)
  const before = await listChannels(trx, place.branchId)
  const matched = matchRules(rules, before)
  const kept = new Set(matched.map((channel) => channel?.id))
  const removed = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (removed.length > 0) await trx.deleteFrom('construct').where('id', 'in', removed).execute()
  await freeNames(
    trx,
    matched.flatMap((channel, at) =>
      channel === null || channel.header.name === rules[at]?.pattern ? [] : [channel.id],
    ),
  )
  for (const [at, rule] of rules.entries()) {
    const channel = matched[at] ?? null
    const changes = changesOf(rule, channel?.header ?? null)
    if (channel === null) await insertChannel(trx, place, changes, now)
    else await updateChannel(trx, channel, changes, now)
  }
}

/** Read once they are held: a change that was under way must not be lost. */
async function holdChannels(trx: Db, branchId: number): Promise<void> {
  await trx
    .selectFrom('construct')
    .select('id')
    .where('branch_id', '=', branchId)
    .where('kind', '=', KIND)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Two channels may take each other's names: those that change theirs give it up first. */
async function freeNames(trx: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('construct')
    .set({ name: sql<string>`id || E'\\n'` })
    .where('id', 'in', ids)
    .execute()
}

async function insertChannel(
  trx: Db,
  place: { workspaceId: number; branchId: number },
  changes: ChannelChanges,
  now: Date,
): Promise<void> {
  const text = newConstruct(KIND, { ...changes, description: orNull(changes.description) })
  await insertConstruct(trx, { ...place, groupId: null }, readConstruct(text), text, now)
}

async function updateChannel(
  trx: Db,
  { row, text, header }: Channel,
  changes: ChannelChanges,
  now: Date,
): Promise<void> {
  const edited = editConstruct(text, changedOnly(changes, header))
  if (edited === text) return
  await updateConstruct(trx, row, { text: edited, ...derivedFields(readConstruct(edited), row.guid) }, now)
}

/** Leaves out what the text says already, so that a text which goes without a default keeps going without it. */
function changedOnly(changes: ChannelChanges, header: ConstructHeader): ConstructChanges {
  const isSameChannel =
    JSON.stringify(changes.channel) === JSON.stringify(changesOf({ pattern: header.name }, header).channel)
  return {
    ...(changes.name === header.name ? {} : { name: changes.name }),
    ...(changes.description === header.description ? {} : { description: orNull(changes.description) }),
    ...(changes.active === (header.active ?? true) ? {} : { active: changes.active }),
    ...(isSameChannel ? {} : { channel: changes.channel }),
  }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
