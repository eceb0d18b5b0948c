import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'

import { afterEach, expect, test } from 'vitest'

import { type ReaderPace, watchReader } from './watch-reader.ts'

const PACE: ReaderPace = { windowMs: 50, bytes: 65_536 }
const CHUNK = Buffer.alloc(131_072, 'x')

let server: Server
let client: Socket

/** Serves the source to a client that reads nothing by itself. */
async function serve(source: AsyncIterable<Buffer>): Promise<Readable> {
  const stream = Readable.from(source, { objectMode: false, highWaterMark: CHUNK.length })
  server = createServer((_request, response) => {
    watchReader(response, stream, PACE)
    stream.pipe(response)
    stream.once('error', () => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => undefined)
  client.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  return stream
}

afterEach(() => {
  client.destroy()
  server.close()
})

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield CHUNK
}

async function* withPause(ms: number): AsyncGenerator<Buffer> {
  yield CHUNK
  await after(ms)
  yield CHUNK
}

test('a reader that takes nothing is ended', async () => {
  const stream = await serve(endless())
  await expect(once(stream, 'end')).rejects.toThrow('reads too slowly')
})

test('a reader that takes a few bytes now and then is ended', async () => {
  const stream = await serve(endless())
  const sipping = setInterval(() => client.read(100), 5)
  await expect(once(stream, 'end')).rejects.toThrow('reads too slowly')
  clearInterval(sipping)
})

test('a reader that keeps reading is not, however slow the source is', async () => {
  const stream = await serve(withPause(5 * PACE.windowMs))
  let bytes = 0
  client.on('data', (chunk: Buffer) => (bytes += chunk.length))
  await Promise.all([once(stream, 'end'), once(client, 'end')])
  expect(bytes).toBeGreaterThan(2 * CHUNK.length)
})
