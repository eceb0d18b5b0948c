import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

import S3rver from 's3rver'

import { faultIn } from './s3-signature.ts'

const BUCKET = 'metadeck-test'
/** The one key that `s3rver` knows; its signature is checked in front of it. */
const KEYS = { accessKeyId: 'S3RVER', secret: 'a-secret-of-the-test-store' }

/** A request as it came in. */
export interface SeenRequest {
  method: string
  /** Path and query. */
  url: string
  headers: http.IncomingHttpHeaders
}

/** Never answers; closes the connection; answers something else; closes, or falls silent, after some bytes of the answer. */
export type Fault =
  | 'hang'
  | 'drop'
  | { status: number; body: string; headers?: Record<string, string> }
  | { cutAfter: number }
  | { stallAfter: number }

/** A real S3 server on loopback whose network and answers a test can break. */
export interface S3Server {
  /** `http://127.0.0.1:port` */
  endpoint: string
  bucket: string
  accessKeyId: string
  secret: string
  /** All requests so far, oldest first. */
  requests: SeenRequest[]
  /** Asked at every request, before it is looked at further. */
  fault: ((request: SeenRequest) => Fault | undefined) | undefined
  /** Keys of the objects. */
  keys(): Promise<string[]>
  /** Keys of the multipart uploads that were neither completed nor aborted. */
  unfinished(): Promise<string[]>
  /** Cuts all connections and refuses new ones, as a machine whose program ended does. */
  vanish(): void
  /** Listens again where it did. */
  comeBack(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts `s3rver` on a folder of its own, and in front of it what it lacks of S3: signatures and checksums are checked,
 * unfinished uploads can be listed and aborted, and an object is whole once its write was answered.
 */
export async function startS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'mdt-s3-'))
  const inner = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  })
  const store: Store = { directory, port: (await inner.run()).port, partBytes: new Map() }
  const front = http.createServer((request, response) => {
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers }
    server.requests.push(seen)
    answer(store, request, response, server.fault?.(seen)).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const { port } = front.address() as AddressInfo
  const server: S3Server = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    ...KEYS,
    requests: [],
    fault: undefined,
    keys: () => listKeys(store),
    unfinished: async () => (await listUploads(store)).map(({ key }) => key),
    vanish() {
      front.close()
      front.closeAllConnections()
    },
    comeBack: () => new Promise((resolve) => front.listen(port, '127.0.0.1', resolve)),
    async close() {
      front.close()
      front.closeAllConnections()
      await inner.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  return server
}

interface Store {
  directory: string
  port: number
  /** Sizes of the parts of each upload, by their numbers. */
  partBytes: Map<string, Map<string, number>>
}

async function answer(
  store: Store,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): Promise<void> {
  const body = await buffer(request)
  if (fault === 'hang') return
  if (fault === 'drop') return void request.socket.destroy()
  if (fault !== undefined && 'status' in fault) {
    response.writeHead(fault.status, { 'content-length': Buffer.byteLength(fault.body), ...fault.headers })
    return void response.end(request.method === 'HEAD' ? undefined : fault.body)
  }
  const wrong = faultIn(request, body, KEYS)
  if (wrong !== undefined) return refuse(response, wrong === 'BadDigest' ? 400 : 403, wrong)
  if (await answerUploads(store, request, response)) return
  await forward(store, request, body, response, fault)
}

/** Lists or aborts unfinished uploads, which `s3rver` cannot. False where the request is another one. */
async function answerUploads(store: Store, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const uploadId = searchParams.get('uploadId')
  if (request.method === 'GET' && searchParams.has('uploads') && pathname.split('/')[1] === BUCKET) {
    await sendUploads(store, response, searchParams.get('prefix') ?? '')
    return true
  }
  if (request.method !== 'DELETE' || uploadId === null) return false
  await abortUpload(store, response, uploadId)
  return true
}

/** Sends the request on to `s3rver` and its answer back. */
async function forward(
  store: Store,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  fault: { cutAfter: number } | { stallAfter: number } | undefined,
): Promise<void> {
  const { method, url, headers } = request
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    http
      .request({ host: '127.0.0.1', port: store.port, method, path: url, headers }, resolve)
      .on('error', reject)
      .end(body)
  })
  if (reply.statusCode === 200) await untilWhole(store, request, body.length)
  response.writeHead(reply.statusCode ?? 500, reply.headers)
  const isStalling = fault !== undefined && 'stallAfter' in fault
  const limit = isStalling ? fault.stallAfter : (fault?.cutAfter ?? Infinity)
  let sent = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    const rest = chunk.subarray(0, Math.min(limit - sent, chunk.length))
    sent += rest.length
    await new Promise((resolve) => response.write(rest, resolve))
    if (rest.length < chunk.length) return isStalling ? undefined : void response.destroy()
  }
  response.end()
}

/** `s3rver` answers a write when it has read the bytes, not when they are in the file: waits for the file. */
async function untilWhole(store: Store, { method, url }: IncomingMessage, bytes: number): Promise<void> {
  const { pathname, searchParams } = new URL(url ?? '', 'http://s3')
  const parts = partsOf(store, searchParams.get('uploadId'))
  if (method === 'PUT') parts.set(searchParams.get('partNumber') ?? '', bytes)
  if (method !== (searchParams.has('uploadId') ? 'POST' : 'PUT')) return
  const expected = [...parts.values()].reduce((sum, part) => sum + part, 0)
  const file = join(store.directory, `${decodeURIComponent(pathname)}._S3rver_object`)
  for (let tries = 0; tries < 500 && (await stat(file)).size !== expected; tries += 1) await delay(2)
}

/** What is known of the parts of an upload; an object that is written at once is one part. */
function partsOf({ partBytes }: Store, uploadId: string | null): Map<string, number> {
  const parts = (uploadId === null ? undefined : partBytes.get(uploadId)) ?? new Map<string, number>()
  if (uploadId !== null) partBytes.set(uploadId, parts)
  return parts
}

async function listKeys({ directory }: Store): Promise<string[]> {
  const names = await readdir(join(directory, BUCKET), { recursive: true })
  const suffix = '._S3rver_object'
  return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
}

function uploadsFolder({ directory }: Store): string {
  return join(directory, BUCKET, '._S3rver_uploads')
}

async function listUploads(store: Store): Promise<{ id: string; key: string }[]> {
  const folder = uploadsFolder(store)
  const ids = await readdir(folder).catch(() => [])
  return Promise.all(ids.map(async (id) => ({ id, key: await readFile(join(folder, id, 'key'), 'utf8') })))
}

async function sendUploads(store: Store, response: ServerResponse, prefix: string): Promise<void> {
  const uploads = (await listUploads(store)).filter(({ key }) => key.startsWith(prefix))
  const items = uploads.map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`)
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(
    `<ListMultipartUploadsResult><Bucket>${BUCKET}</Bucket><IsTruncated>false</IsTruncated>${items.join('')}</ListMultipartUploadsResult>`,
  )
}

async function abortUpload(store: Store, response: ServerResponse, id: string): Promise<void> {
  const isThere = (await listUploads(store)).some((upload) => upload.id === id)
  if (!isThere) return refuse(response, 404, 'NoSuchUpload')
  await rm(join(uploadsFolder(store), id), { recursive: true, force: true })
  response.writeHead(204).end()
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<Error><Code>${code}</Code><Message>Refused by the test store.</Message></Error>`)
}
