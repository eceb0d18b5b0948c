import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type S3Server, startS3Server } from '../testing/s3-server.ts'
import { openS3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

const MB = 1_048_576
const PATIENCE = { connectMs: 2_000, idleMs: 10_000, attempts: 2 }
const IMPATIENCE = { ...PATIENCE, idleMs: 300 }

let server: S3Server
beforeAll(async () => {
  server = await startS3Server()
})
afterEach(() => {
  server.fault = undefined
})
afterAll(() => server.close())

function settingsOf(change: Partial<Parameters<typeof openS3Storage>[0]> = {}): Parameters<typeof openS3Storage>[0] {
  const { endpoint, bucket, accessKeyId } = server
  return { kind: 's3', endpoint, bucket, accessKeyId, region: 'us-east-1', prefix: 'here/', pathStyle: true, ...change }
}

function open(change: Partial<Parameters<typeof openS3Storage>[0]> = {}, secret = server.secret): Storage {
  return openS3Storage(settingsOf(change), secret, PATIENCE)
}

async function* pieces(bytes: Buffer, end?: () => void): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
  end?.()
}

function fail(): never {
  throw new Error('lost')
}

describe('an S3 store', () => {
  it('is never where clouds tell a machine its credentials, and no address that nobody has', () => {
    const refused = { code: 'target_refused', payload: { reason: 'not_a_store' } }
    for (const endpoint of ['http://169.254.169.254', 'http://2852039166', 'http://[fe80::1]:9000', 'http://0.0.0.0']) {
      expect(() => open({ endpoint })).toThrow(expect.objectContaining(refused))
    }
  })

  it('gives back 30 MB that were sent in parts, whole or a range of it, and its size', async () => {
    const storage = open()
    const bytes = randomBytes(30 * MB)
    expect(await storage.write('large.xano', Readable.from(pieces(bytes)))).toBe(bytes.length)
    expect(await server.keys()).toContain('here/large.xano')
    const whole = await storage.read('large.xano')
    const back = createHash('sha256')
    for await (const chunk of whole.stream as AsyncIterable<Buffer>) back.update(chunk)
    expect([whole.size, back.digest('hex')]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
    const part = await storage.read('large.xano', { start: 8 * MB - 2, end: 8 * MB + 1 })
    expect([part.size, await buffer(part.stream)]).toEqual([bytes.length, bytes.subarray(8 * MB - 2, 8 * MB + 2)])
    const tail = await storage.read('large.xano', { start: bytes.length - 3, end: bytes.length + 100 })
    expect((await buffer(tail.stream)).length).toBe(3)
    expect(await storage.size('large.xano')).toBe(bytes.length)
    await storage.delete('large.xano')
  })

  it('sends a checksum with every part and with a small object', async () => {
    server.requests.length = 0
    await open().write('checked', Readable.from(pieces(Buffer.alloc(17 * MB))))
    await open().write('checked', Readable.from([Buffer.from('small')]))
    const sent = server.requests.filter(({ method }) => method === 'PUT')
    expect(sent.map(({ headers }) => typeof headers['x-amz-checksum-crc32'])).toEqual(Array(4).fill('string'))
  })

  it('says that a body was damaged when the store finds another checksum', async () => {
    server.fault = ({ method }) =>
      method === 'PUT' ? { status: 400, body: '<Error><Code>BadDigest</Code></Error>' } : undefined
    await expect(open().write('damaged', Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
      code: 'not_ready',
      payload: { reason: 'target_damaged' },
    })
  })

  it('stores an empty object, and answers nothing for a range behind an end', async () => {
    const storage = open()
    expect(await storage.write('empty', Readable.from([]))).toBe(0)
    const { size, stream } = await storage.read('empty')
    expect([size, (await buffer(stream)).length]).toEqual([0, 0])
    await storage.write('short', Readable.from([Buffer.from('abc')]))
    const behind = await storage.read('short', { start: 5, end: 9 })
    expect([behind.size, (await buffer(behind.stream)).length]).toEqual([3, 0])
  })

  it('answers not_found and a null size for what is not there; deleting it is no error', async () => {
    const storage = open()
    await expect(storage.read('nothing')).rejects.toMatchObject({ code: 'not_found' })
    await expect(storage.read('nothing', { start: 0, end: 1 })).rejects.toMatchObject({ code: 'not_found' })
    expect(await storage.size('nothing')).toBe(null)
    await storage.delete('nothing')
  })

  it.each(['../a', 'a/b', '.a', ''])('refuses the name %j', async (name) => {
    const storage = open()
    await expect(storage.write(name, Readable.from([Buffer.from('x')]))).rejects.toThrow('not valid')
    await expect(storage.read(name)).rejects.toThrow('not valid')
    await expect(storage.size(name)).rejects.toThrow('not valid')
    await expect(storage.delete(name)).rejects.toThrow('not valid')
  })
})

describe('a write that fails', () => {
  it.each([100_000, 20 * MB])(
    'after %i bytes of its source leaves no object and no unfinished upload',
    async (bytes) => {
      const storage = open()
      await expect(storage.write('torn', Readable.from(pieces(Buffer.alloc(bytes), fail)))).rejects.toThrow('lost')
      expect(await storage.size('torn')).toBe(null)
      expect(await server.unfinished()).toEqual([])
    },
  )

  it('leaves the object that was there', async () => {
    const storage = open()
    await storage.write('kept', Readable.from([Buffer.from('old')]))
    await expect(storage.write('kept', Readable.from(pieces(Buffer.alloc(20 * MB), fail)))).rejects.toThrow('lost')
    expect((await buffer((await storage.read('kept')).stream)).toString()).toBe('old')
  })

  it('and could not clean up is cleaned up by the next one', async () => {
    server.fault = ({ method }) => (method === 'DELETE' ? 'drop' : undefined)
    await expect(open().write('again', Readable.from(pieces(Buffer.alloc(20 * MB), fail)))).rejects.toThrow('lost')
    expect(await server.unfinished()).toEqual(['here/again'])
    server.fault = undefined
    await open().write('again', Readable.from([Buffer.from('x')]))
    expect(await server.unfinished()).toEqual([])
  })

  it('because the store vanishes midway can be tried again, and its source is ended', async () => {
    const source = Readable.from(pieces(Buffer.alloc(60 * MB)))
    server.fault = ({ url }) => (url.includes('partNumber=2') ? 'drop' : undefined)
    await expect(open().write('gone', source)).rejects.toMatchObject({
      code: 'not_ready',
      payload: { reason: 'target_unreachable' },
    })
    expect(source.destroyed).toBe(true)
    server.vanish()
    const unread = Readable.from(pieces(Buffer.alloc(MB)))
    await expect(open().write('gone', unread)).rejects.toMatchObject({ payload: { reason: 'target_unreachable' } })
    expect(unread.destroyed).toBe(true)
    await server.comeBack()
    expect(await open().size('gone')).toBe(null)
  })

  it('because the store falls silent fails within its patience', async () => {
    server.fault = ({ method }) => (method === 'PUT' ? 'hang' : undefined)
    const storage = openS3Storage(settingsOf(), server.secret, IMPATIENCE)
    await expect(storage.write('silent', Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('does not answer in time'),
    })
  })

  it('says that a full store is full', async () => {
    server.fault = ({ method }) =>
      method === 'PUT' ? { status: 507, body: '<Error><Code>XMinioStorageFull</Code></Error>' } : undefined
    await expect(open().write('full', Readable.from([Buffer.from('x')]))).rejects.toMatchObject({
      code: 'target_refused',
      payload: { reason: 'target_full' },
    })
  })
})

describe('a read', () => {
  const bytes = randomBytes(3 * MB)
  beforeAll(() => open().write('read', Readable.from(pieces(bytes))))

  it('goes on where the connection broke', async () => {
    let breaks = 0
    server.fault = ({ method }) => (method === 'GET' && (breaks += 1) < 3 ? { cutAfter: MB } : undefined)
    const { stream } = await open().read('read')
    expect((await buffer(stream)).equals(bytes)).toBe(true)
    expect(breaks).toBe(3)
  })

  it('that keeps breaking ends with an error, never early', async () => {
    server.fault = ({ method }) => (method === 'GET' ? { cutAfter: 1_000 } : undefined)
    const { stream } = await open().read('read')
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'not_ready', payload: { reason: 'target_unreachable' } })
  })

  it('ends with an error when the store vanishes midway', async () => {
    server.fault = ({ method }) => (method === 'GET' ? { cutAfter: MB } : undefined)
    const { stream } = await open().read('read')
    server.vanish()
    await expect(buffer(stream)).rejects.toMatchObject({ payload: { reason: 'target_unreachable' } })
    await server.comeBack()
  })

  it('ends with an error when the object is another one by then', async () => {
    await open().write('other', Readable.from(pieces(bytes)))
    server.fault = ({ method }) => (method === 'GET' ? { cutAfter: MB } : undefined)
    const { stream } = await open().read('other')
    server.fault = ({ headers }) =>
      'if-match' in headers ? { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' } : undefined
    await expect(buffer(stream)).rejects.toThrow('changed the object')
  })

  it('of a store that falls silent, at once or midway, fails within its patience', async () => {
    const storage = openS3Storage(settingsOf(), server.secret, IMPATIENCE)
    const expected = { code: 'not_ready', message: expect.stringContaining('does not answer in time') }
    server.fault = ({ method }) => (method === 'GET' ? 'hang' : undefined)
    await expect(storage.read('read')).rejects.toMatchObject(expected)
    server.fault = ({ method }) => (method === 'GET' ? { stallAfter: 1_000 } : undefined)
    await expect(buffer((await storage.read('read')).stream)).rejects.toMatchObject(expected)
  })

  it('waits for a reader that is slower than the patience with the store', async () => {
    const { stream } = await openS3Storage(settingsOf(), server.secret, IMPATIENCE).read('read')
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (chunks.length === 0) await new Promise((resolve) => setTimeout(resolve, IMPATIENCE.idleMs * 2))
      chunks.push(chunk)
    }
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  })

  it('that nobody wants any more frees its connection', async () => {
    const { stream } = await open().read('read')
    stream.destroy()
    await expect.poll(() => stream.closed).toBe(true)
  })
})

describe('a store that cannot be used says why', () => {
  const x = (): Readable => Readable.from([Buffer.from('x')])
  const answers = (status: number, body = ''): void => {
    server.fault = () => ({ status, body })
  }

  it('no such bucket', async () => {
    const storage = open({ bucket: 'nowhere' })
    const expected = { code: 'target_refused', payload: { reason: 'no_such_bucket' } }
    await expect(storage.write('a', x())).rejects.toMatchObject(expected)
    await expect(storage.read('a')).rejects.toMatchObject(expected)
    await expect(storage.size('a')).rejects.toMatchObject(expected)
    await expect(storage.delete('a')).rejects.toMatchObject(expected)
  })

  it('wrong keys, without repeating them', async () => {
    const wrongSecret = open({}, 'another-secret').write('a', x())
    await expect(wrongSecret).rejects.toMatchObject({ code: 'target_refused', payload: { reason: 'wrong_key' } })
    await expect(wrongSecret).rejects.not.toThrow(/another-secret|S3RVER/)
    await expect(open({ accessKeyId: 'SOMEBODY' }).read('a')).rejects.toMatchObject({
      payload: { reason: 'wrong_key' },
    })
  })

  it.each([
    [403, 'AccessDenied', 'target_refused', 'no_access'],
    [400, 'AuthorizationHeaderMalformed', 'target_refused', 'wrong_region'],
    [403, 'RequestTimeTooSkewed', 'target_refused', 'wrong_clock'],
    [503, 'SlowDown', 'not_ready', 'target_unreachable'],
    [500, 'InternalError', 'not_ready', 'target_unreachable'],
  ])('HTTP %i %s is %s, %s', async (status, code, expected, reason) => {
    answers(status, `<Error><Code>${code}</Code><Message>A text of the store</Message></Error>`)
    const written = open().write('a', x())
    await expect(written).rejects.toMatchObject({ code: expected, payload: { reason } })
    await expect(written).rejects.not.toThrow('A text of the store')
  })

  it('an address that is no store: nothing of its answer is shown, no redirect is followed', async () => {
    answers(404, '<html>an inner page</html>')
    const written = open().write('a', x())
    await expect(written).rejects.toMatchObject({ code: 'target_refused', payload: { reason: 'not_a_store' } })
    await expect(written).rejects.not.toThrow('inner page')
    server.requests.length = 0
    server.fault = ({ url }) =>
      url.startsWith('/elsewhere')
        ? undefined
        : { status: 307, body: '', headers: { location: `${server.endpoint}/elsewhere` } }
    await expect(open().write('a', x())).rejects.toMatchObject({ code: 'target_refused' })
    expect(server.requests.filter(({ url }) => url.startsWith('/elsewhere'))).toEqual([])
  })

  it('an address where nothing listens, or where something else than HTTP does', async () => {
    await expect(open({ endpoint: 'http://127.0.0.1:9' }).read('a')).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('refuses the connection'),
    })
    const other = createServer((socket) => socket.end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(open({ endpoint: `http://127.0.0.1:${port}` }).read('a')).rejects.toMatchObject({ code: 'not_ready' })
    await expect(open({ endpoint: `https://127.0.0.1:${port}` }).read('a')).rejects.toMatchObject({
      payload: { reason: 'no_certificate' },
    })
    other.close()
  })
})
