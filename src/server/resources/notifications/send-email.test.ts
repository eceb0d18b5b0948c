import { getCACertificates, setDefaultCACertificates } from 'node:tls'

import { afterEach, describe, expect, it } from 'vitest'

import type { NotificationPayload } from '#api/contract/notifications.ts'

import {
  SELF_SIGNED,
  SMTP_PASSWORD,
  SMTP_USER,
  startMailServer,
  type TestMailServer,
} from '../../testing/smtp-server.ts'
import { startWebhookServer } from '../../testing/webhook-server.ts'
import { sendEmail } from './send-email.ts'

const payload: NotificationPayload = {
  event: 'looks_wrong',
  at: '2026-11-21T12:00:00.000Z',
  subject: 'The backup of Shop\r\nBcc: thief@example.com looks wrong',
  message: 'It holds 3 rows, and the one before held 900. Look at it before you rely on it.',
  workspace: { id: 4, name: '<b>Shop</b>' },
  schedule: { id: 2, name: 'Nightly' },
  backup: { id: 12, status: 'looks_wrong' },
  url: 'https://metadeck.example.com/w/4/backups/12?a=1&b=2',
}

describe('a message as an e-mail', () => {
  let server: TestMailServer

  const send = (settings = {}, password: string | null = null, more: { timeoutMs?: number } = {}) =>
    sendEmail(
      {
        settings: {
          kind: 'email',
          host: server.host,
          port: server.port,
          security: 'none',
          user: '',
          from: 'metadeck@example.com',
          to: ['one@example.com', 'two@example.com'],
          ...settings,
        },
        password,
      },
      { deliveryId: '77', payload },
      { version: '1.2.3', now: () => new Date(), ...more },
    )

  afterEach(() => server.close())

  it('says what, why and where, in text and in HTML that loads nothing, and holds no line of somebody else', async () => {
    server = await startMailServer('plain')
    expect(await send()).toMatchObject({ isDelivered: true, warning: null })
    const [mail] = server.received
    expect(mail).toMatchObject({ from: 'metadeck@example.com', to: ['one@example.com', 'two@example.com'] })
    const raw = (mail?.raw ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
    const [headers = ''] = raw.split('\r\n\r\n', 1)
    expect(headers).toMatch(/^Subject: \[Metadeck\] The backup of Shop Bcc: thief@example\.com looks wrong$/m)
    expect(headers).not.toMatch(/^Bcc:/m)
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(headers).toMatch(/^From: Metadeck <metadeck@example\.com>$/m)
    expect(raw).toContain(payload.message)
    expect(raw).toContain('Workspace: <b>Shop</b> (4)')
    expect(raw).toContain('&#60;b&#62;Shop&#60;/b&#62; (4)')
    expect(raw).toContain('Backup: 12, looks wrong')
    expect(raw).toContain(`Open in Metadeck: ${payload.url}`)
    expect(raw).not.toMatch(/<img|<link|<script|src=/)
  })

  it('has one name in all attempts, so that a repeated one is known', async () => {
    server = await startMailServer('plain')
    await send()
    await send()
    const names = server.received.map(({ raw }) => /^Message-ID: (.+)$/im.exec(raw)?.[1])
    expect(names[0]).toMatch(/^<metadeck\.77\.\d+@example\.com>$/)
    expect(names[1]).toBe(names[0])
  })

  it('is sent with the user and password where the server asks for them', async () => {
    server = await startMailServer('plain', true)
    expect(await send({ user: SMTP_USER }, SMTP_PASSWORD)).toMatchObject({ isDelivered: true })
    expect(server.received).toMatchObject([{ user: SMTP_USER }])
  })

  it('is refused for good with a wrong password, which is told without the password', async () => {
    server = await startMailServer('plain', true)
    const outcome = await send({ user: SMTP_USER }, 'wrong secret')
    expect(outcome).toEqual({
      isDelivered: false,
      message: 'The mail server 127.0.0.1 refused the user or the password (535).',
      isFinal: true,
    })
  })

  it('goes by STARTTLS only to a certificate that is trusted', async () => {
    server = await startMailServer('starttls')
    const refused = await send({ security: 'starttls' })
    expect(refused).toMatchObject({ isDelivered: false })
    expect(refused.message).toContain('certificate that is not trusted')
    expect(server.received).toEqual([])
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, SELF_SIGNED.cert])
    try {
      expect(await send({ security: 'starttls' })).toMatchObject({ isDelivered: true })
      expect(server.received).toMatchObject([{ isEncrypted: true }])
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  it('goes by TLS from the first byte only to a certificate that is trusted', async () => {
    server = await startMailServer('tls')
    expect((await send({ security: 'tls' })).message).toContain('certificate that is not trusted')
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, SELF_SIGNED.cert])
    try {
      expect(await send({ security: 'tls' })).toMatchObject({ isDelivered: true })
      expect(server.received).toMatchObject([{ isEncrypted: true }])
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  it('does not go in the clear where STARTTLS is demanded and not offered', async () => {
    server = await startMailServer('plain')
    const outcome = await send({ security: 'starttls' })
    expect(outcome).toMatchObject({ isDelivered: false, isFinal: true })
    expect(outcome.message).toContain('does not offer STARTTLS')
    expect(server.received).toEqual([])
  })

  it('tells that a port does not begin with TLS', async () => {
    server = await startMailServer('plain')
    expect((await send({ security: 'tls' }, null, { timeoutMs: 3_000 })).message).toContain('does not speak TLS')
  })

  it('is tried again after a passing refusal, and not after a lasting one', async () => {
    server = await startMailServer('plain')
    server.refuse(() => ({ code: 450, text: 'a private answer' }))
    expect(await send()).toEqual({
      isDelivered: false,
      message: 'The mail server 127.0.0.1 refused all addresses that the message is for (450). It may take it later.',
      isFinal: false,
    })
    server.refuse(() => ({ code: 550, text: 'a private answer' }))
    expect(await send()).toEqual({
      isDelivered: false,
      message: 'The mail server 127.0.0.1 refused all addresses that the message is for (550).',
      isFinal: true,
    })
  })

  it('is delivered where one of its addresses is taken, and tells which was not', async () => {
    server = await startMailServer('plain')
    server.refuse((address) => (address.startsWith('two') ? { code: 550, text: 'unknown' } : undefined))
    expect(await send()).toEqual({
      isDelivered: true,
      message: 'The mail server 127.0.0.1 took the message for 1 of 2 addresses.',
      warning: 'The mail server 127.0.0.1 refused these addresses: two@example.com.',
    })
  })

  it('tells a closed port, a server of another kind, a silent one and an address that is refused', async () => {
    server = await startMailServer('plain')
    expect((await send({ port: 1 })).message).toContain('refused the connection')
    expect(await send({ host: '169.254.169.254' })).toMatchObject({ isDelivered: false, isFinal: true })
    expect(await send({ host: '2852039166' })).toMatchObject({ isDelivered: false, isFinal: true })
    const web = await startWebhookServer()
    try {
      const { port } = new URL(web.url)
      // An HTTP server waits for its client to speak first, as a mail server's client does.
      expect(await send({ port: Number(port) }, null, { timeoutMs: 300 })).toEqual({
        isDelivered: false,
        message: 'The mail server 127.0.0.1 did not answer within 0.3 s.',
        isFinal: false,
      })
    } finally {
      await web.close()
    }
  })
})
