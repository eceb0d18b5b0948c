import { createHmac } from 'node:crypto'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { NotificationPayload } from '#api/contract/notifications.ts'

import { SELF_SIGNED } from '../../testing/smtp-server.ts'
import { startWebhookServer, type WebhookServer } from '../../testing/webhook-server.ts'
import { sendWebhook } from './send-webhook.ts'

const SECRET = 'whsec_very-secret'
const NOW = new Date('2026-11-21T12:00:00.000Z')
const payload: NotificationPayload = {
  event: 'failed',
  at: NOW.toISOString(),
  subject: 'The backup of Käse failed',
  message: 'The disk is full. Make room and try again.',
  workspace: { id: 4, name: 'Käse' },
  schedule: null,
  backup: { id: 12, status: 'failed' },
  url: 'https://metadeck.example.com/w/4/backups/12',
}

describe('a message to a webhook', () => {
  let server: WebhookServer
  const send = (url = server.url, timeoutMs?: number) =>
    sendWebhook({ url, secret: SECRET }, { deliveryId: '77', payload }, { version: '1.2.3', now: () => NOW, timeoutMs })

  beforeAll(async () => {
    server = await startWebhookServer()
  })
  afterEach(() => {
    server.received.length = 0
    server.answer((response) => void response.writeHead(200).end())
  })
  afterAll(() => server.close())

  it('is JSON of the contract, signed over its time and its exact bytes', async () => {
    expect(await send()).toEqual({
      isDelivered: true,
      message: 'The receiver answered with 200 (OK).',
      warning: null,
    })
    const [request] = server.received
    const body = request?.body ?? ''
    expect(NotificationPayload.parse(JSON.parse(body))).toEqual(payload)
    const timestamp = String(NOW.getTime() / 1_000)
    const signature = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Metadeck/1.2.3',
      'x-metadeck-event': 'failed',
      'x-metadeck-delivery': '77',
      'x-metadeck-timestamp': timestamp,
      'x-metadeck-signature': `sha256=${signature}`,
    })
    expect(JSON.stringify(request)).not.toContain(SECRET)
  })

  it.each([
    [204, true, false],
    [500, false, false],
    [503, false, false],
    [408, false, false],
    [425, false, false],
    [429, false, false],
    [400, false, true],
    [404, false, true],
    [410, false, true],
  ])('answered with %i: delivered %s, final %s', async (status, isDelivered, isFinal) => {
    server.answer((response) => void response.writeHead(status).end(status === 204 ? undefined : 'a private answer'))
    const outcome = await send()
    expect(outcome).toMatchObject(isDelivered ? { isDelivered } : { isDelivered, isFinal })
    expect(outcome.message).toContain(String(status))
    expect(outcome.message).not.toContain('private')
  })

  it('does not follow a redirect', async () => {
    server.answer((response) => void response.writeHead(302, { location: '/elsewhere' }).end())
    const outcome = await send()
    expect(outcome).toMatchObject({ isDelivered: false, isFinal: false })
    expect(outcome.message).toContain('Redirects are not followed')
    expect(server.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  it('is given up when no answer comes in time, and tried again', async () => {
    server.answer(() => undefined)
    expect(await send(server.url, 150)).toEqual({
      isDelivered: false,
      message: 'The receiver 127.0.0.1 did not answer within 0.15 s.',
      isFinal: false,
    })
  })

  it('is delivered by the first line of the answer, however long the rest takes', async () => {
    server.answer((response) => void response.writeHead(200).write('still'))
    expect(await send(server.url, 2_000)).toMatchObject({ isDelivered: true })
  })

  it('tells a lost connection, a closed port and an unknown name in words', async () => {
    server.answer((response) => response.destroy())
    expect((await send()).message).toContain('closed the connection')
    expect((await send('http://127.0.0.1:1/')).message).toContain('refused the connection')
    expect((await send('http://receiver.invalid/')).message).toMatch(/DNS/)
  })

  it('goes over HTTPS only to a certificate that is trusted', async () => {
    const secure = await startWebhookServer(SELF_SIGNED)
    try {
      const outcome = await send(secure.url)
      expect(outcome).toMatchObject({ isDelivered: false, isFinal: false })
      expect(outcome.message).toContain('certificate that is not trusted')
      expect(secure.received).toEqual([])
    } finally {
      await secure.close()
    }
  })

  it.each([
    'http://169.254.169.254/latest',
    'http://0xA9FEA9FE/',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://[::]/',
  ])('never goes to %s', async (url) => {
    const outcome = await send(url)
    expect(outcome).toMatchObject({ isDelivered: false, isFinal: true })
    expect(outcome.message).toContain('messages are not sent to')
  })
})
