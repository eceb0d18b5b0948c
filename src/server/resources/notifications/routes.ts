import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/notifications.ts'

import type { Deps } from '../../deps.ts'
import { newGuid } from '../../ids.ts'
import { type HandlerInput, serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { auditedOf, hasOtherSettings } from './audited.ts'
import { changedSecretOf, type ChosenSecret, newSecretOf, requireNoCredentials } from './channel-secret.ts'
import { lastDelivery, listDeliveries } from './deliveries.ts'
import { requireManager } from './require-manager.ts'
import { sendMessage } from './send-message.ts'
import * as store from './store.ts'

type NotificationDeps = Pick<Deps, 'connection' | 'vault' | 'version' | 'publicUrl' | 'now'>

/** Channels that people are told by, and what was sent to them. For owners and admins. */
export function registerNotifications(app: FastifyInstance, deps: NotificationDeps): void {
  const { connection, vault, now } = deps
  const { db } = connection

  serve(app, contract.listChannels, async ({ caller }) => {
    requireManager(caller)
    return { items: await store.listChannels(db) }
  })

  serve(app, contract.createChannel, async ({ body, caller, trail }) => {
    requireManager(caller)
    requireNoCredentials(body.settings)
    const chosen = newSecretOf(body)
    const row = await store.insertChannel(db, { ...body, sealedSecret: sealed(chosen.secret) }, caller.label, now())
    noteTrail(trail, row, chosen, null)
    return { ...store.toChannel(row, null), secret: chosen.made }
  })

  serve(app, contract.updateChannel, async ({ params, body, caller, trail }) => {
    requireManager(caller)
    requireNoCredentials(body.settings)
    const { held, row, chosen } = await db.transaction().execute(async (trx) => {
      const known = await store.holdChannel(trx, params.id)
      const before = { settings: store.settingsOf(known), hasSecret: known.sealed_secret !== null }
      const secretNow = changedSecretOf(before, body)
      const fields = { ...body, sealedSecret: sealed(secretNow.secret) }
      return { held: known, row: await store.updateChannel(trx, known.id, fields, now()), chosen: secretNow }
    })
    noteTrail(trail, row, chosen, held)
    return { ...store.toChannel(row, await lastDelivery(db, row.id)), secret: chosen.made }
  })

  serve(app, contract.deleteChannel, async ({ params, caller, trail }) => {
    requireManager(caller)
    const row = await store.getChannel(db, params.id)
    await db.deleteFrom('notification_channel').where('id', '=', row.id).execute()
    trail.target = { kind: 'notification_channel', id: row.id, name: row.name }
    Object.assign(trail, changed(auditedOf(row), null))
    return null
  })

  serve(app, contract.testChannel, async ({ params, caller, trail }) => {
    requireManager(caller)
    const row = await store.getChannel(db, params.id)
    const started = performance.now()
    const outcome = await sendMessage(deps, row, { deliveryId: `test-${newGuid()}`, payload: testPayload(row.name) })
    const ms = Math.round(performance.now() - started)
    trail.target = { kind: 'notification_channel', id: row.id, name: row.name }
    trail.detail = { ok: outcome.isDelivered, ms }
    if (!outcome.isDelivered) return { ok: false, message: outcome.message, ms }
    return { ok: true, message: [outcome.message, outcome.warning ?? ''].join(' ').trim(), ms }
  })

  serve(app, contract.listDeliveries, async ({ query, caller }) => {
    requireManager(caller)
    return listDeliveries(db, query)
  })

  function sealed(secret: string | null | undefined): string | null | undefined {
    return typeof secret === 'string' ? vault.seal(secret) : secret
  }

  function testPayload(name: string): contract.NotificationPayload {
    return {
      event: 'test',
      at: now().toISOString(),
      subject: `Test of the channel "${name}"`,
      message: 'This is a test. Messages of Metadeck reach you here; there is nothing to do.',
      workspace: null,
      schedule: null,
      backup: null,
      url: deps.publicUrl(),
    }
  }
}

type Trail = HandlerInput<typeof contract.updateChannel>['trail']

/** What a write made of the channel, which was not there before where `before` is null; never its secret. */
function noteTrail(
  trail: Trail,
  row: store.ChannelRow,
  { secret }: ChosenSecret,
  before: store.ChannelRow | null,
): void {
  trail.target = { kind: 'notification_channel', id: row.id, name: row.name }
  trail.detail = {
    kind: row.kind,
    events: row.events,
    active: row.is_active,
    newSecret: typeof secret === 'string',
    newSettings: before === null || hasOtherSettings(before, row),
  }
  Object.assign(trail, changed(before === null ? null : auditedOf(before), auditedOf(row)))
}
