import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { createChannel, type Delivery, deleteChannel, listDeliveries } from '#api/contract/notifications.ts'

import { type Message, notify } from '../resources/notifications/notify.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { startWebhookServer, type WebhookServer } from '../testing/webhook-server.ts'
import { runNotify, sweepNotifications } from './notify.ts'
import { HandedBack, type JobDeps, type JobRun, TryAgain } from './run.ts'

const HOUR_MS = 3_600_000
const SECRET = 'the signing key'
const message: Message = {
  event: 'failed',
  subject: 'The backup failed',
  message: 'The disk is full.',
  workspace: { id: 1, name: 'Shop' },
  schedule: null,
  backup: { id: 9, status: 'failed' },
  path: '/w/1/backups/9',
}

describe('a notification', () => {
  let app: TestApp
  let owner: Call
  let hook: WebhookServer
  let channelId: number
  let logged = ''
  const log = pino({ level: 'trace' }, { write: (line: string) => void (logged += line) })

  beforeAll(async () => {
    app = await createTestApp()
    owner = await app.signIn()
    hook = await startWebhookServer()
    channelId = await addChannel('Hook')
  })
  afterEach(async () => {
    hook.received.length = 0
    hook.answer((response) => void response.writeHead(200).end())
    await app.database.db.deleteFrom('notification').execute()
  })
  afterAll(async () => {
    await hook.close()
    await app.close()
  })

  async function addChannel(name: string, more = {}): Promise<number> {
    const settings = { kind: 'webhook', url: hook.url } as const
    const body = { name, settings, secret: SECRET, events: ['failed' as const], ...more }
    return (await owner(createChannel, { body })).id
  }
  const removeChannel = (id: number) => owner(deleteChannel, { params: { id } })
  const deliveries = async (): Promise<Delivery[]> => (await owner(listDeliveries, {})).items

  const ago = (ms: number): Date => new Date(app.deps.now().getTime() - ms)

  /** A message that no worker takes: only the test runs its job. */
  async function addQueued(channel = channelId, ageMs = 0): Promise<number> {
    const payload = { ...message, at: app.deps.now().toISOString(), url: 'http://localhost/w/1/backups/9' }
    const { id } = await app.database.db
      .insertInto('notification')
      .values({
        channel_id: channel,
        event: 'failed',
        payload: JSON.stringify(payload),
        status: 'queued',
        created_at: ago(ageMs),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const jobDeps = (): JobDeps => ({ ...app.deps, log, connectAlone: () => new pg.Client(app.database.options) })
  function perform(notificationId: number, run: Partial<JobRun<unknown>> = {}): Promise<void> {
    const { signal } = new AbortController()
    return runNotify(jobDeps(), { attempt: 1, isLastAttempt: false, signal, ...run, payload: { notificationId } })
  }

  it('reaches the channels that are active and want to know, and no other', async () => {
    const others = [
      await addChannel('Off', { active: false, settings: { kind: 'webhook', url: `${hook.url}/off` } }),
      await addChannel('Else', { events: ['missed'], settings: { kind: 'webhook', url: `${hook.url}/else` } }),
    ]
    await notify(app.deps, message)
    await expect.poll(deliveries).toMatchObject([{ channelId, status: 'delivered', attempts: 1, error: null }])
    expect(hook.received.map(({ path }) => path)).toEqual(['/hook'])
    expect(JSON.parse(hook.received[0]?.body ?? '')).toMatchObject({
      event: 'failed',
      subject: message.subject,
      url: 'http://localhost/w/1/backups/9',
      backup: { id: 9 },
    })
    for (const id of others) await removeChannel(id)
  })

  it('with a key is told once only', async () => {
    await notify(app.deps, { ...message, once: 'backup-9' })
    await notify(app.deps, { ...message, once: 'backup-9' })
    await notify(app.deps, { ...message, once: 'backup-10' })
    await expect.poll(deliveries).toMatchObject([{ status: 'delivered' }, { status: 'delivered' }])
    expect(hook.received).toHaveLength(2)
  })

  it('that is answered with 500 is sent again by the queue, under the same id, until it is taken', async () => {
    let answers = 0
    hook.answer((response) => void response.writeHead(++answers === 1 ? 500 : 200).end())
    await notify(app.deps, message)
    await expect
      .poll(deliveries)
      .toMatchObject([{ status: 'delivered', attempts: 2, error: null, nextAttemptAt: null }])
    const ids = hook.received.map(({ headers }) => headers['x-metadeck-delivery'])
    expect(ids[0]).toMatch(/^\d+$/)
    expect(ids).toEqual([ids[0], ids[0]])
  }, 30_000)

  it('that fails for a passing reason says why and when it is sent again', async () => {
    hook.answer((response) => void response.writeHead(503).end())
    const id = await addQueued()
    await expect(perform(id, { attempt: 3 })).rejects.toThrow(TryAgain)
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ status: 'queued', attempts: 1, deliveredAt: null })
    expect(delivery?.error).toContain('503')
    expect(Date.parse(delivery?.nextAttemptAt ?? '')).toBeGreaterThan(app.deps.now().getTime())
  })

  it.each([
    ['410 at once', 410, 0, false],
    ['500 for half a day', 500, 12 * HOUR_MS, true],
  ])('answered with %s has failed for good, loudly and without its secret', async (_case, status, ageMs, isLast) => {
    logged = ''
    hook.answer((response) => void response.writeHead(status).end('a private answer'))
    const id = await addQueued(channelId, ageMs)
    await perform(id, { isLastAttempt: isLast })
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ status: 'failed', attempts: 1, nextAttemptAt: null })
    expect(logged).toContain('a notification was not delivered')
    for (const hidden of [SECRET, hook.url, 'a private answer']) {
      expect(logged).not.toContain(hidden)
      expect(delivery?.error).not.toContain(hidden)
    }
    await perform(id)
    expect(hook.received).toHaveLength(1)
  })

  it('is handed back when the process stops while it is being sent, and then sent by another', async () => {
    hook.answer(() => undefined)
    const id = await addQueued()
    const stop = new AbortController()
    const done = perform(id, { signal: stop.signal })
    await expect.poll(() => hook.received).toHaveLength(1)
    stop.abort(new HandedBack())
    await expect(done).rejects.toThrow(HandedBack)
    expect(await deliveries()).toMatchObject([{ status: 'queued', attempts: 0 }])
    hook.answer((response) => void response.writeHead(200).end())
    await perform(id)
    expect(await deliveries()).toMatchObject([{ status: 'delivered' }])
  })

  it('to a channel that was turned off or deleted meanwhile is not sent', async () => {
    const off = await addChannel('Off soon')
    const id = await addQueued(off)
    await app.database.db.updateTable('notification_channel').set({ is_active: false }).where('id', '=', off).execute()
    await perform(id)
    expect(await deliveries()).toMatchObject([{ status: 'failed', error: expect.stringContaining('off') as string }])
    await removeChannel(off)
    await perform(id)
    expect(await deliveries()).toEqual([])
    expect(hook.received).toEqual([])
  })

  it('whose secret was stored under another master key fails and says what to do', async () => {
    const id = await addChannel('Other key')
    await app.database.db
      .updateTable('notification_channel')
      .set({ sealed_secret: Buffer.alloc(60).toString('base64') })
      .where('id', '=', id)
      .execute()
    await perform(await addQueued(id))
    expect((await deliveries())[0]?.error).toContain('another master key')
    expect(hook.received).toEqual([])
    await removeChannel(id)
  })

  it('that the queue gives up is sent again after a pause, which grows with its age', async () => {
    hook.answer((response) => void response.writeHead(500).end())
    for (const [ageMs, pauseMs] of [
      [0, HOUR_MS / 2],
      [3 * HOUR_MS, 3 * HOUR_MS],
    ] as const) {
      const id = await addQueued(channelId, ageMs)
      const started = app.deps.now().getTime()
      await perform(id, { isLastAttempt: true })
      const [delivery] = await deliveries()
      expect(delivery).toMatchObject({ id, status: 'queued', attempts: 1 })
      const waitMs = Date.parse(delivery?.nextAttemptAt ?? '') - started
      expect(waitMs).toBeGreaterThanOrEqual(pauseMs)
      expect(waitMs).toBeLessThan(pauseMs + 60_000)
    }
  })

  it('whose pause is over, or whose job was lost, gets one new job, and one that waits does not', async () => {
    const lost = await addQueued(channelId, 60_000)
    const paused = await addQueued(channelId, HOUR_MS)
    const nextAttempt = (at: Date) =>
      app.database.db.updateTable('notification').set({ next_attempt_at: at }).where('id', '=', paused).execute()
    await nextAttempt(ago(-HOUR_MS))
    await Promise.all([sweepNotifications(jobDeps()), sweepNotifications(jobDeps())])
    await expect.poll(deliveries).toMatchObject([
      { id: paused, status: 'queued' },
      { id: lost, status: 'delivered', attempts: 1 },
    ])
    await nextAttempt(ago(10_000))
    await Promise.all([sweepNotifications(jobDeps()), sweepNotifications(jobDeps())])
    await expect.poll(deliveries).toMatchObject([{ status: 'delivered', attempts: 1 }, { status: 'delivered' }])
    expect(hook.received).toHaveLength(2)
  })

  it('that was lost for a week is given up', async () => {
    await addQueued(channelId, 8 * 24 * HOUR_MS)
    await sweepNotifications(jobDeps())
    expect(await deliveries()).toMatchObject([{ status: 'failed', nextAttemptAt: null }])
    expect((await deliveries())[0]?.error).toContain('several times over')
    expect(hook.received).toEqual([])
  })
})
