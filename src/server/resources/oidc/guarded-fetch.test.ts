import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { RefusedAddress } from '../../guarded-lookup.ts'
import { isIssuerAllowed } from './client.ts'
import { guardedFetch } from './guarded-fetch.ts'

let server: Server
let base: string

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/large') response.end(Buffer.alloc(1_048_577))
    else if (request.url === '/away') response.writeHead(302, { location: `${base}/reached` }).end()
    else if (request.url === '/none') response.writeHead(204).end()
    else if (request.url === '/echo') request.pipe(response)
    else if (request.url === '/slow') response.write('{')
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('it answers as fetch does', async () => {
  const reply = await guardedFetch(`${base}/json`, {})
  expect(reply.headers.get('content-type')).toBe('application/json')
  expect(await reply.json()).toEqual({ ok: true })
  expect((await guardedFetch(`${base}/none`, {})).status).toBe(204)
  const body = new URLSearchParams({ code: 'a b' })
  expect(await (await guardedFetch(`${base}/echo`, { method: 'POST', body })).text()).toBe('code=a+b')
})

test('a redirect is not followed, a long answer is not read, a slow one is given up', async () => {
  expect((await guardedFetch(`${base}/away`, {})).status).toBe(302)
  await expect(guardedFetch(`${base}/large`, {})).rejects.toThrow('more than is read')
  await expect(guardedFetch(`${base}/slow`, { signal: AbortSignal.timeout(100) })).rejects.toThrow()
})

test.each(['http://idp.example.com/', 'http://10.0.0.1/', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
  '%s is not asked: only https leaves this machine',
  async (address) => {
    await expect(guardedFetch(address, {})).rejects.toThrow('Only https')
  },
)

test('addresses where clouds keep credentials are not asked', async () => {
  await expect(guardedFetch('https://169.254.169.254/', {})).rejects.toBeInstanceOf(RefusedAddress)
  await expect(guardedFetch('https://[fe80::1]/', {})).rejects.toBeInstanceOf(RefusedAddress)
})

test('an issuer by http is one on this machine, and only while Metadeck is not on https', () => {
  expect(isIssuerAllowed('https://idp.example.com/realm', 'https://deck.example.com')).toBe(true)
  expect(isIssuerAllowed('http://127.0.0.1:9000', 'http://localhost:4000')).toBe(true)
  expect(isIssuerAllowed('http://127.0.0.1:9000', 'https://deck.example.com')).toBe(false)
  for (const issuer of [
    'http://127.0.0.1.evil.example',
    'http://idp.example.com',
    'https://a:b@idp.example.com',
    'https://idp.example.com/?x=1',
  ]) {
    expect(isIssuerAllowed(issuer, 'http://localhost:4000')).toBe(false)
  }
})
