import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Readable } from 'node:stream'

import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'

import type { S3Settings } from '#api/contract/targets.ts'

import { notFound } from '../errors.ts'
import { guardedLookup, requireAllowedHost } from '../guarded-lookup.ts'
import { readResumed, type Span } from './resumed-read.ts'
import { s3Failure } from './s3-failure.ts'
import { abortUnfinished, named, type Place, writeObject } from './s3-write.ts'
import { requireObjectName, type Storage } from './storage.ts'
import { refused } from './target-failure.ts'

/** How long a store is waited for. */
export interface Patience {
  /** For a connection. */
  connectMs: number
  /** For the next byte, while one is waited for. */
  idleMs: number
  /** How often one request is made before it has failed; jobs try again themselves. */
  attempts: number
}
/** Connections to one store at a time; as many as the SDK opens by itself. */
const SOCKETS_MAX = 50
const PATIENCE: Patience = { connectMs: 5_000, idleMs: 60_000, attempts: 3 }

/**
 * Opens a bucket of an S3-compatible store; nothing is asked of it yet. Reads are resumed where a connection breaks.
 * Failures are `AppError`s: `not_ready` where trying again may help, `target_refused` where somebody must change
 * something.
 */
export function openS3Storage(settings: S3Settings, secret: string, patience: Patience = PATIENCE): Storage {
  const { bucket, region, prefix } = settings
  const endpoint = settings.endpoint === '' ? `Amazon S3 (${region})` : settings.endpoint
  const toFailure = (error: unknown): Error => s3Failure(error, { endpoint, bucket, region })
  try {
    if (settings.endpoint !== '') requireAllowedHost(new URL(settings.endpoint).hostname)
  } catch (error) {
    throw toFailure(error)
  }
  const clients = openClients(settings, secret, patience)
  const fail = (error: unknown): never => {
    throw toFailure(error)
  }
  const placeOf = (name: string): Place => {
    requireObjectName(name)
    return { Bucket: bucket, Key: prefix + name }
  }
  const sizeOf = (place: Place): Promise<number | null> => headSize(clients.write, place).catch(fail)

  return {
    async write(name, source) {
      return writeObject(clients.write, placeOf(name), source, toFailure)
    },
    async read(name, range) {
      const place = placeOf(name)
      const get = (span: Span | undefined, etag?: string): Promise<GetObjectCommandOutput> =>
        clients.read.send(
          new GetObjectCommand({ ...place, Range: span && `bytes=${span.start}-${span.end}`, IfMatch: etag }),
        )
      try {
        const first = await get(range)
        const { size, span } = spanOf(first, range, endpoint)
        const reopen = (rest: Span): Promise<Readable> => get(rest, first.ETag).then(bodyOf).catch(fail)
        const options = { reopen, failure: toFailure, idleMs: patience.idleMs }
        return { size, stream: readResumed(bodyOf(first), span, options) }
      } catch (error) {
        if (isMissing(error)) throw notFound('The stored object')
        const size = statusOf(error) === 416 ? await sizeOf(place) : null
        // A range behind the end holds nothing, nor does any range of an empty object.
        return size === null ? fail(error) : { size, stream: Readable.from([]) }
      }
    },
    size: async (name) => sizeOf(placeOf(name)),
    async delete(name) {
      const place = placeOf(name)
      try {
        await clients.write.send(new DeleteObjectCommand(place))
        await abortUnfinished(clients.write, place)
      } catch (error) {
        if (!isMissing(error)) fail(error)
      }
    },
  }
}

/**
 * Two clients, as silence means two things: while something is written the store is at fault, while something is read
 * it may be the reader who is slow. The second client waits for the beginning of an answer only.
 */
function openClients(
  { endpoint, region, pathStyle, accessKeyId }: S3Settings,
  secretAccessKey: string,
  { connectMs, idleMs, attempts }: Patience,
): { write: S3Client; read: S3Client } {
  const shared: S3ClientConfig = {
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: pathStyle,
    maxAttempts: attempts,
    // Nothing of the address comes from the environment.
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint === '' ? {} : { endpoint }),
    // A part is in memory and can be sent again: asking first would open a connection for each.
    expectContinueHeader: false,
    // Archives hold their own checksums; some stores answer those of the whole object with a range of it.
    responseChecksumValidation: 'WHEN_REQUIRED',
  }
  // A name that leads to where clouds tell a machine its credentials is not followed.
  const agent = { keepAlive: true, maxSockets: SOCKETS_MAX, lookup: guardedLookup }
  const agents = { httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent) }
  return {
    write: new S3Client({
      ...shared,
      requestHandler: { ...agents, connectionTimeout: connectMs, socketTimeout: idleMs },
    }),
    read: new S3Client({
      ...shared,
      requestHandler: {
        ...agents,
        connectionTimeout: connectMs,
        requestTimeout: idleMs,
        throwOnRequestTimeout: true,
        socketTimeout: 0,
      },
    }),
  }
}

async function headSize(client: S3Client, place: Place): Promise<number | null> {
  try {
    return (await client.send(new HeadObjectCommand(place))).ContentLength ?? 0
  } catch (error) {
    if (statusOf(error) !== 404) throw error
  }
  // An answer without a body does not tell a missing object from a missing bucket.
  try {
    await client.send(new HeadBucketCommand({ Bucket: place.Bucket }))
  } catch (error) {
    const status = statusOf(error)
    if (status === 404) throw named('NoSuchBucket')
    if (status === undefined) throw error
  }
  return null
}

/** The size of the whole object, and which bytes of it the answer holds. */
function spanOf(
  { ContentLength, ContentRange, Body }: GetObjectCommandOutput,
  range: Span | undefined,
  endpoint: string,
): { size: number; span: Span } {
  if (range === undefined && ContentLength !== undefined) {
    return { size: ContentLength, span: { start: 0, end: ContentLength - 1 } }
  }
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(ContentRange ?? '') ?? []
  if (size !== undefined) return { size: Number(size), span: { start: Number(start), end: Number(end) } }
  if (Body instanceof Readable) Body.destroy()
  throw refused(
    'not_a_store',
    `${endpoint} does not say which bytes of an object it answers. It cannot be used for archives.`,
  )
}

function bodyOf({ Body }: GetObjectCommandOutput): Readable {
  if (Body instanceof Readable) return Body
  throw new Error('The answer of the store is no stream')
}

function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes((error as Error).name)
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}
