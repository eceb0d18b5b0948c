import { Readable } from 'node:stream'

import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'

/**
 * All parts of an upload but the last have this size: some stores (R2) ask for equal ones. With the 10,000 parts that
 * S3 allows an object may have 78 GiB; in memory are no more than `PARTS_AT_ONCE` of them and the one that is filled.
 */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_ONCE = 2

/** An object of a bucket. */
export interface Place {
  Bucket: string
  Key: string
}

/**
 * Writes an object in parts, each with its CRC-32; the store puts it under its key when the last has arrived. Answers
 * its size in bytes. A source that fails ends the upload with the source's own error; what the store says goes through
 * `toFailure`. What an attempt that was killed had sent under this key is removed first.
 */
export async function writeObject(
  client: S3Client,
  place: Place,
  source: Readable,
  toFailure: (error: unknown) => Error,
): Promise<number> {
  const counted = countBytes(source)
  try {
    await abortUnfinished(client, place)
    await new Upload({
      client,
      params: { ...place, Body: counted.stream, ChecksumAlgorithm: 'CRC32' },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    }).done()
    return counted.bytes()
  } catch (error) {
    const failed = counted.failure()
    if (failed !== undefined) throw failed.error
    throw toFailure(/^Exceeded \d+ parts/.test((error as Error).message) ? named('EntityTooLarge') : error)
  } finally {
    // Where nothing of it was read, nobody else would end it.
    source.destroy()
  }
}

/**
 * Ends uploads to this key that nobody will complete; their parts would be kept, and paid for, for ever. Stores that
 * do not list uploads, or keys that may not, keep them: then the bucket needs a rule that ends them.
 */
export async function abortUnfinished(client: S3Client, { Bucket, Key }: Place): Promise<void> {
  try {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }))
    for (const upload of Uploads.filter((found) => found.Key === Key))
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: upload.UploadId }))
  } catch (error) {
    const isAnswer = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined
    if (!isAnswer) throw error
  }
}

/** An error as the store would name it. */
export function named(name: string): Error {
  return Object.assign(new Error(name), { name })
}

/** Passes a source on, and tells afterwards how much it was and whether it was the source that failed. */
function countBytes(source: Readable): {
  stream: Readable
  bytes(): number
  failure(): { error: unknown } | undefined
} {
  let bytes = 0
  let failure: { error: unknown } | undefined
  async function* pass(): AsyncGenerator<Buffer> {
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        failure = { error }
        throw error
      })
      if (next.done === true) return
      bytes += next.value.length
      // What is thrown here is the end of the upload, which is no fault of the source.
      yield next.value
    }
  }
  return { stream: Readable.from(pass(), { objectMode: false }), bytes: () => bytes, failure: () => failure }
}
