import { createHmac } from 'node:crypto'
import { request as requestHttp, STATUS_CODES } from 'node:http'
import { request as requestHttps } from 'node:https'

import { guardedLookup, requireAllowedHost } from '../../guarded-lookup.ts'
import { connectionFailure } from './connection-failure.ts'
import type { Outcome, Outgoing, Sending } from './outcome.ts'

const TIMEOUT_MS = 10_000
/** Refusals of this moment; the other codes from 400 to 499 say that the request is wrong, and stays so. */
const PASSING = new Set([408, 425, 429])

/**
 * Posts one message as JSON, signed with HMAC-SHA256 over `<timestamp>.<body>`. Redirects are not followed: the message
 * goes where an admin said. What is answered is not read.
 */
export async function sendWebhook(
  channel: { url: string; secret: string },
  { deliveryId, payload }: Outgoing,
  { version, now, signal, timeoutMs = TIMEOUT_MS }: Sending,
): Promise<Outcome> {
  const url = new URL(channel.url)
  const body = JSON.stringify(payload)
  const timestamp = String(Math.floor(now().getTime() / 1_000))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': `Metadeck/${version}`,
    'x-metadeck-event': payload.event,
    'x-metadeck-delivery': deliveryId,
    'x-metadeck-timestamp': timestamp,
    'x-metadeck-signature': `sha256=${sign(channel.secret, timestamp, body)}`,
  }
  const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])])
  try {
    return outcomeOf(await post(url, headers, body, end))
  } catch (error) {
    return connectionFailure(end.aborted ? end.reason : error, `The receiver ${url.hostname}`, timeoutMs)
  }
}

function sign(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
}

function post(url: URL, headers: Record<string, string | number>, body: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    requireAllowedHost(url.hostname)
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, { method: 'POST', headers, lookup: guardedLookup, agent: false, signal })
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}

function outcomeOf(status: number): Outcome {
  const words = STATUS_CODES[status] === undefined ? String(status) : `${status} (${STATUS_CODES[status]})`
  const message = `The receiver answered with ${words}.`
  if (status >= 200 && status < 300) return { isDelivered: true, message, warning: null }
  if (status >= 300 && status < 400) {
    const advice = 'Redirects are not followed: enter the address that it leads to.'
    return { isDelivered: false, message: `${message} ${advice}`, isFinal: false }
  }
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status)
  return { isDelivered: false, message, isFinal }
}
