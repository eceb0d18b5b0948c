import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { SMTPServer } from 'smtp-server'

export const SMTP_USER = 'metadeck'
export const SMTP_PASSWORD = 'correct horse smtp battery'

interface ReceivedMail {
  from: string
  to: string[]
  /** The whole message, headers first. */
  raw: string
  isEncrypted: boolean
  user: string | undefined
}

export interface TestMailServer {
  host: '127.0.0.1'
  port: number
  received: ReceivedMail[]
  /** What the next recipients are answered with; undefined takes them. */
  refuse(answer: ((address: string) => { code: number; text: string } | undefined) | undefined): void
  close(): Promise<void>
}

/** Which way of speaking the server offers; its certificate is `SELF_SIGNED`. */
type Security = 'plain' | 'starttls' | 'tls'

/**
 * A real SMTP server on loopback that keeps what it is sent. With `asksForUser` it takes nothing from whoever does not
 * know `SMTP_USER` and `SMTP_PASSWORD`.
 */
export async function startMailServer(security: Security, asksForUser = false): Promise<TestMailServer> {
  const received: ReceivedMail[] = []
  let refuse: Parameters<TestMailServer['refuse']>[0]
  const server = new SMTPServer({
    ...(security === 'plain' ? {} : SELF_SIGNED),
    secure: security === 'tls',
    disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
    authOptional: !asksForUser,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      if (username === SMTP_USER && password === SMTP_PASSWORD) done(null, { user: username })
      else done(Object.assign(new Error(`no ${password}`), { responseCode: 535 }))
    },
    onRcptTo({ address }, _session, done) {
      const answer = refuse?.(address)
      done(answer === undefined ? null : Object.assign(new Error(answer.text), { responseCode: answer.code }))
    },
    onData(stream, { envelope, secure, user }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      const to = envelope.rcptTo.map(({ address }) => address)
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (raw += chunk))
      stream.on('end', () => {
        received.push({ from, to, raw, isEncrypted: secure, user: user as string | undefined })
        done()
      })
    },
  })
  // A client that does not trust the certificate ends the connection: an error here, and wanted.
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  if (!listening.listening) await once(listening, 'listening')
  return {
    host: '127.0.0.1',
    port: (listening.address() as AddressInfo).port,
    received,
    refuse: (next) => (refuse = next),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** For `localhost` and 127.0.0.1, until 2120. Trusted by nobody; the key is public. */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkDb6rpyNTHDp601I
PK+qtSZcvG6WcZhjP7F+YFvAVc+hRANCAAR68EgVIFq23wIRTw7cgf7fz4+b30Kb
a+k/ctbqPRQ6Udjc3VGqByAIiKebC6b6yx1XuuekgH90FPUzu0uBeWjF
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHrwSBUgWrbfAhFP
DtyB/t/Pj5vfQptr6T9y1uo9FDpR2NzdUaoHIAiIp5sLpvrLHVe656SAf3QU9TO7
S4F5aMWjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBQoSTPCY0xcNU96gR37+g+eZBhuaDAKBggqhkjOPQQD
AgNJADBGAiEA3rm17yUw2EeWDnBAACduoqyZOAa8VnDWmNlxb/ayXIACIQDBkrk8
5qz3WmPBr7WmP38CJ/SBldUdej1Wfz/lOiU8lg==
-----END CERTIFICATE-----
`,
}
