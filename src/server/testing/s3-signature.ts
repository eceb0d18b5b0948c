import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { crc32 } from 'node:zlib'

/** What is wrong with a request, as S3 names it; undefined when all of it is right. */
export type RequestFault = 'AccessDenied' | 'InvalidAccessKeyId' | 'SignatureDoesNotMatch' | 'BadDigest'

/** Checks the signature (AWS Signature Version 4) and the checksums of a request, which `s3rver` does not. */
export function faultIn(
  request: IncomingMessage,
  body: Buffer,
  keys: { accessKeyId: string; secret: string },
): RequestFault | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
    request.headers.authorization ?? '',
  )
  const [, accessKeyId, scope = '', signedHeaders = '', signature] = match ?? []
  if (accessKeyId === undefined) return 'AccessDenied'
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId'
  if (signature !== sign(request, scope, signedHeaders, keys.secret)) return 'SignatureDoesNotMatch'
  return hasRightChecksums(request, body) ? undefined : 'BadDigest'
}

function sign(request: IncomingMessage, scope: string, signedHeaders: string, secret: string): string {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const sortedQuery = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .toSorted()
    .join('&')
  const headers = signedHeaders.split(';').map((name) => `${name}:${header(request, name).replaceAll(/ +/g, ' ')}\n`)
  const canonical = [
    request.method,
    path,
    sortedQuery,
    headers.join(''),
    signedHeaders,
    header(request, 'x-amz-content-sha256'),
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', header(request, 'x-amz-date'), scope, sha256(canonical).toString('hex')].join('\n')
  const key = scope
    .split('/')
    .reduce((inner, part) => hmac(inner, part), Buffer.from(`AWS4${secret}`) as Buffer<ArrayBufferLike>)
  return hmac(key, text).toString('hex')
}

function hasRightChecksums(request: IncomingMessage, body: Buffer): boolean {
  const payload = header(request, 'x-amz-content-sha256')
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== sha256(body).toString('hex')) return false
  const crc = header(request, 'x-amz-checksum-crc32')
  if (crc === '') return true
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return crc === bytes.toString('base64')
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim()
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
