import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { zstdCompressSync } from 'node:zlib'

import { Encrypter } from 'age-encryption'

import { AppError } from '../errors.ts'
import { sourceOf } from './archive-fixture.ts'
import { openArchive, seal } from './envelope.ts'
import { MANIFEST_NAME } from './format.ts'
import { readTar, TAR_END, tarHeader, tarPadding } from './tar.ts'
import { verifyArchive } from './verify.ts'

/** For tests: archives that are taken apart, changed and put together again. */

/** `accepted`, or the code and reason of the refusal. */
export async function refusal(bytes: Buffer, password: string): Promise<string> {
  try {
    await verifyArchive(sourceOf(bytes), password)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${error.code} ${error.payload?.reason}`
  }
}

/** By another program than ours. */
export function zstd(tar: Buffer): Buffer {
  return zstdCompressSync(tar)
}

/** A file of a tar. */
export function file(name: string, text: string | Buffer): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([tarHeader(name, bytes.length, new Date(0)), bytes, tarPadding(bytes.length)])
}

/** The members of an archive. */
export async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const { tar } = await openArchive(sourceOf(bytes), '')
  const found = new Map<string, Buffer>()
  for await (const member of readTar(tar)) found.set(member.name, await buffer(member.bytes))
  return found
}

/** An archive of these members, the manifest last. */
export async function repack(all: Map<string, Buffer>): Promise<Buffer> {
  const parts = [...all].filter(([name]) => name !== MANIFEST_NAME).map(([name, text]) => file(name, text))
  const manifest = all.get(MANIFEST_NAME)
  if (manifest !== undefined) parts.push(file(MANIFEST_NAME, manifest))
  return buffer(await seal(Readable.from([...parts, TAR_END], { objectMode: false }), ''))
}

/** Changes a member and puts its new size and checksum into the manifest. */
export function withMember(all: Map<string, Buffer>, name: string, text: string): Map<string, Buffer> {
  const manifest = JSON.parse(all.get(MANIFEST_NAME)?.toString() ?? '') as { members: { name: string }[] }
  const sha256 = createHash('sha256').update(text).digest('hex')
  const changed = manifest.members.map((member) =>
    member.name === name ? { name, size: Buffer.byteLength(text), sha256 } : member,
  )
  return new Map(all)
    .set(name, Buffer.from(text))
    .set(MANIFEST_NAME, Buffer.from(JSON.stringify({ ...manifest, members: changed })))
}

/** By the package itself, with a work factor that lets a test try thousands of files. */
export async function encrypted(bytes: Buffer, password: string): Promise<Buffer> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(password)
  encrypter.setScryptWorkFactor(2)
  return Buffer.from(await encrypter.encrypt(bytes))
}
