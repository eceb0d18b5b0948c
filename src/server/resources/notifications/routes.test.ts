import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import * as contract from '#api/contract/notifications.ts'

import { SMTP_PASSWORD, SMTP_USER, startMailServer, type TestMailServer } from '../../testing/smtp-server.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { startWebhookServer, type WebhookServer } from '../../testing/webhook-server.ts'
import { pruneNotifications } from './deliveries.ts'

describe('notification channels', () => {
  let app: TestApp
  let owner: Call
  let hook: WebhookServer
  let mail: TestMailServer
  let count = 0

  beforeAll(async () => {
    app = await createTestApp()
    owner = await app.signIn()
    hook = await startWebhookServer()
    mail = await startMailServer('plain', true)
  })
  afterAll(async () => {
    await Promise.all([hook.close(), mail.close()])
    await app.close()
  })

  const webhookBody = (more: Partial<contract.SaveChannel> = {}): contract.SaveChannel => ({
    name: `Hook ${++count}`,
    settings: { kind: 'webhook', url: hook.url },
    events: ['failed', 'missed'],
    ...more,
  })
  const emailBody = (settings = {}, more: Partial<contract.SaveChannel> = {}): contract.SaveChannel => ({
    name: `Mail ${++count}`,
    settings: {
      kind: 'email',
      host: mail.host,
      port: mail.port,
      security: 'none',
      user: SMTP_USER,
      from: 'metadeck@example.com',
      to: ['ops@example.com'],
      ...settings,
    },
    secret: SMTP_PASSWORD,
    events: ['failed'],
    ...more,
  })
  const create = (body: contract.SaveChannel) => owner(contract.createChannel, { body })
  const update = (id: number, body: contract.SaveChannel) => owner(contract.updateChannel, { params: { id }, body })
  const find = async (id: number) => (await owner(contract.listChannels)).items.find((channel) => channel.id === id)
  const storedSecret = async (id: number) => {
    const query = app.database.db.selectFrom('notification_channel').select('sealed_secret').where('id', '=', id)
    const { sealed_secret: sealed } = await query.executeTakeFirstOrThrow()
    return sealed === null ? null : app.deps.vault.open(sealed)
  }

  it('are made, listed, changed and deleted', async () => {
    const body = webhookBody()
    const made = await create(body)
    expect(made).toMatchObject({ ...body, active: true, hasSecret: true, lastDelivery: null })
    const { secret, ...listed } = made
    expect(secret).toMatch(/^whsec_/)
    expect(await find(made.id)).toEqual(listed)
    app.advance(1_000)
    const changed = await update(made.id, { ...body, name: 'Renamed', events: ['recovered'], active: false })
    expect(changed).toMatchObject({ name: 'Renamed', events: ['recovered'], active: false, secret: null })
    expect(changed.updatedAt > made.updatedAt).toBe(true)
    expect(await storedSecret(made.id)).toBe(secret)
    expect(await owner(contract.deleteChannel, { params: { id: made.id } })).toBeNull()
    expect(await find(made.id)).toBeUndefined()
  })

  it('of webhooks get a signing key, told once; a key that was sent is not told', async () => {
    const made = await create(webhookBody())
    expect(await storedSecret(made.id)).toBe(made.secret)
    const own = await create(webhookBody({ secret: 'a key of my own' }))
    expect(own.secret).toBeNull()
    expect(await storedSecret(own.id)).toBe('a key of my own')
    const renewed = await update(own.id, webhookBody({ secret: '' }))
    expect(renewed.secret).toMatch(/^whsec_/)
    expect(await storedSecret(own.id)).toBe(renewed.secret)
    for (const call of [contract.listChannels, contract.listDeliveries]) {
      expect(JSON.stringify(await owner(call, {}))).not.toContain(renewed.secret)
    }
  })

  it('keep no secret for another place: it must be sent again', async () => {
    const hookChannel = await create(webhookBody())
    const moved = webhookBody({ settings: { kind: 'webhook', url: `${hook.url}/thief` } })
    await expect(update(hookChannel.id, moved)).rejects.toMatchObject({
      status: 400,
      code: 'invalid_input',
      payload: { param: 'secret' },
    })
    expect((await find(hookChannel.id))?.settings).toEqual({ kind: 'webhook', url: hook.url })
    expect(await update(hookChannel.id, { ...moved, secret: 'again' })).toMatchObject({ settings: moved.settings })

    const mailChannel = await create(emailBody())
    const others = [{ host: 'localhost' }, { port: 2_525 }, { user: 'another' }, { security: 'starttls' }]
    for (const other of others) {
      const refused = update(mailChannel.id, emailBody(other, { secret: undefined }))
      await expect(refused).rejects.toMatchObject({ status: 400, payload: { param: 'secret' } })
    }
    const kept = await update(mailChannel.id, emailBody({ to: ['else@example.com'] }, { secret: undefined }))
    expect(kept).toMatchObject({ hasSecret: true, settings: { to: ['else@example.com'] } })
    expect(await storedSecret(mailChannel.id)).toBe(SMTP_PASSWORD)
    const without = await update(mailChannel.id, emailBody({ host: 'localhost', user: '' }, { secret: undefined }))
    expect(without.hasSecret).toBe(false)
  })

  it.each([
    ['a name that is taken in other capitals', () => webhookBody({ name: 'TAKEN' }), 'name'],
    ['no events', () => webhookBody({ events: [] }), 'events'],
    ['another scheme', () => webhookBody({ settings: { kind: 'webhook', url: 'file:///etc/passwd' } }), 'settings.url'],
    [
      'a password in the address',
      () => webhookBody({ settings: { kind: 'webhook', url: 'https://u:p@example.com/' } }),
      'settings.url',
    ],
    ['a user without a password', () => emailBody({}, { secret: undefined }), 'secret'],
    ['a password without a user', () => emailBody({ user: '' }), 'settings.user'],
    ['a host that is an address', () => emailBody({ host: 'smtp://x' }), 'settings.host'],
    ['a line break in an address', () => emailBody({ from: 'a@b.co\r\nBcc: c@d.co' }), 'settings.from'],
    ['nobody to send to', () => emailBody({ to: [] }), 'settings.to'],
  ])('are refused with %s', async (_fault, body, param) => {
    if (param === 'name') await create(webhookBody({ name: 'Taken' }))
    await expect(create(body())).rejects.toMatchObject({ status: 400, payload: { param } })
  })

  it('stay of their kind', async () => {
    const { id } = await create(webhookBody())
    await expect(update(id, emailBody())).rejects.toMatchObject({ status: 400, payload: { param: 'settings.kind' } })
  })

  it('that do not exist answer 404', async () => {
    const params = { id: 999_999 }
    for (const done of [
      () => owner(contract.updateChannel, { params, body: webhookBody() }),
      () => owner(contract.deleteChannel, { params }),
      () => owner(contract.testChannel, { params }),
    ]) {
      await expect(done()).rejects.toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  it('are for owners and admins who are signed in, not for members, tokens or strangers', async () => {
    const { id } = await create(webhookBody())
    const attempts = (call: Call) => [
      () => call(contract.listChannels),
      () => call(contract.listDeliveries, {}),
      () => call(contract.createChannel, { body: webhookBody() }),
      () => call(contract.updateChannel, { params: { id }, body: webhookBody() }),
      () => call(contract.testChannel, { params: { id } }),
      () => call(contract.deleteChannel, { params: { id } }),
    ]
    const setRole = (role: 'owner' | 'admin' | 'member') => app.database.db.updateTable('user').set({ role }).execute()
    hook.received.length = 0
    await setRole('member')
    for (const refused of attempts(owner)) {
      await expect(refused()).rejects.toMatchObject({ status: 403, payload: { reason: 'role' } })
    }
    for (const refused of attempts(app.call)) {
      await expect(refused()).rejects.toMatchObject({ status: 403, payload: { reason: 'session_required' } })
    }
    for (const refused of attempts(app.callWith({}))) await expect(refused()).rejects.toMatchObject({ status: 401 })
    expect(hook.received).toEqual([])
    await setRole('admin')
    expect((await owner(contract.listChannels)).items).not.toEqual([])
    await setRole('owner')
  })

  it('can be tested: the answer says how it went, and a refusal is an answer', async () => {
    hook.received.length = 0
    const hookChannel = await create(webhookBody({ active: false }))
    const test = (id: number) => owner(contract.testChannel, { params: { id } })
    expect(await test(hookChannel.id)).toMatchObject({ ok: true, message: expect.stringContaining('200') as string })
    expect(hook.received[0]?.headers).toMatchObject({ 'x-metadeck-event': 'test' })
    hook.answer((response) => void response.writeHead(500).end())
    expect(await test(hookChannel.id)).toMatchObject({ ok: false, message: expect.stringContaining('500') as string })
    const mailChannel = await create(emailBody())
    expect(await test(mailChannel.id)).toMatchObject({ ok: true })
    expect(mail.received).toMatchObject([{ to: ['ops@example.com'], user: SMTP_USER }])
    const wrong = await create(emailBody({}, { secret: 'a wrong password' }))
    const refused = await test(wrong.id)
    expect(refused).toMatchObject({ ok: false })
    expect(refused.message).not.toContain('a wrong password')
  })

  it('leave an audit record of each change that tells where they sent and send, without secrets and addresses', async () => {
    const { id, secret } = await create(webhookBody())
    await update(id, webhookBody({ secret: 'another key' }))
    const far = { kind: 'webhook', url: 'https://hooks.example.com:8443/services/T0/secret-path?key=1' } as const
    await update(id, webhookBody({ name: 'Far', settings: far, secret: 'a third key', events: ['failed'] }))
    await owner(contract.deleteChannel, { params: { id } })
    const { id: mailId } = await create(emailBody())
    await update(mailId, emailBody({ host: 'localhost', to: ['else@example.com'] }))
    const records = await app.database.db
      .selectFrom('audit_record')
      .select(['action', 'target', 'detail', 'before', 'after'])
      .where('action', 'like', 'channel%')
      .execute()
    const { origin } = new URL(hook.url)
    const target = { kind: 'notification_channel', id }
    expect(records.slice(-6)).toMatchObject([
      { action: 'channelCreate', target, detail: { kind: 'webhook' }, before: null, after: { origin } },
      { action: 'channelUpdate', target, detail: { newSecret: true, newSettings: false } },
      {
        action: 'channelUpdate',
        target,
        detail: { newSecret: true, newSettings: true },
        before: { origin, events: ['failed', 'missed'] },
        after: { name: 'Far', origin: 'https://hooks.example.com:8443', events: ['failed'] },
      },
      { action: 'channelDelete', target, before: { origin: 'https://hooks.example.com:8443' }, after: null },
      { action: 'channelCreate', after: { host: mail.host, port: mail.port, to: ['ops@example.com'] } },
      {
        action: 'channelUpdate',
        before: { host: mail.host, to: ['ops@example.com'] },
        after: { host: 'localhost', to: ['else@example.com'] },
      },
    ])
    const all = JSON.stringify(records)
    for (const hidden of [secret ?? '', 'another key', 'a third key', SMTP_PASSWORD, hook.url, '/services', 'key=1']) {
      expect(all).not.toContain(hidden)
    }
  })

  it('list what was sent, newest first, a page at a time, for 90 days', async () => {
    const { id } = await create(webhookBody())
    const payload = JSON.stringify({ subject: 'It failed' })
    const old = { channel_id: id, event: 'failed', payload, status: 'delivered', created_at: app.deps.now() } as const
    await app.database.db.insertInto('notification').values([old, old]).execute()
    app.advance(86_400_000)
    await app.database.db
      .insertInto('notification')
      .values({ ...old, created_at: app.deps.now() })
      .execute()
    owner = await app.signIn()
    const list = (query = {}) => owner(contract.listDeliveries, { query: { channelId: id, ...query } })
    const first = await list({ limit: 2 })
    const second = await list({ limit: 2, cursor: first.nextCursor ?? '' })
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
    expect(first.items.map((item) => item.id > (second.items[0]?.id ?? 0))).toEqual([true, true])
    expect((await find(id))?.lastDelivery).toEqual(first.items[0])
    expect(await list({ channelId: id + 1_000 })).toEqual({ items: [], nextCursor: null })
    await pruneNotifications(app.database.db, new Date(app.deps.now().getTime() + 89.5 * 86_400_000))
    expect((await list()).items).toEqual([first.items[0]])
  })
})
