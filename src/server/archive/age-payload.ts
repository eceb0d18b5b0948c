import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Transform } from 'node:stream'

import { corrupted } from './archive-error.ts'
import { ByteReader } from './byte-reader.ts'

/**
 * What follows the header of an age file (age-encryption.org/v1, "Payload"): a nonce, then ChaCha20-Poly1305 over chunks
 * of 64 KiB, each numbered, the last one marked.
 */
const NONCE_BYTES = 16
const CHUNK_BYTES = 65_536
const TAG_BYTES = 16
const KEY_BYTES = 32

/** A stream that puts out the header and then encrypts what is written into it. */
export function encryptPayload(header: Buffer, fileKey: Uint8Array): Transform {
  const nonce = randomBytes(NONCE_BYTES)
  const key = payloadKey(fileKey, nonce)
  const room = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let used = 0
  let chunks = 0
  const encryptRoom = (target: Transform, isLast: boolean): void => {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(chunks, isLast), { authTagLength: TAG_BYTES })
    target.push(cipher.update(room.subarray(0, used)))
    cipher.final()
    target.push(cipher.getAuthTag())
    chunks += 1
    used = 0
  }
  return new Transform({
    construct(done) {
      this.push(Buffer.concat([header, nonce]))
      done()
    },
    transform(bytes: Buffer, _encoding, done) {
      for (let at = 0; at < bytes.length;) {
        // A full chunk waits for the next byte: only then is it not the last.
        if (used === CHUNK_BYTES) encryptRoom(this, false)
        const taken = bytes.copy(room, used, at)
        used += taken
        at += taken
      }
      done()
    },
    flush(done) {
      encryptRoom(this, true)
      done()
    },
  })
}

/** Decrypts what follows the header, which is the first `headerBytes` of the source. Damage and an early end are `corrupted`. */
export async function* decryptPayload(
  source: AsyncIterable<Buffer>,
  headerBytes: number,
  fileKey: Uint8Array,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  const start = await reader.upTo(headerBytes + NONCE_BYTES)
  const key = payloadKey(fileKey, start.subarray(headerBytes))
  // A chunk is the last one where nothing follows: one is read ahead, into the room of the one before.
  let room = Buffer.allocUnsafeSlow(CHUNK_BYTES + TAG_BYTES)
  let other = Buffer.allocUnsafeSlow(CHUNK_BYTES + TAG_BYTES)
  let length = await reader.into(room)
  for (let at = 0; ; at += 1) {
    const nextLength = await reader.into(other)
    const isLast = nextLength === 0
    const bytes = decryptChunk(key, chunkNonce(at, isLast), room.subarray(0, length))
    // An empty chunk is the whole of an empty file, or nothing that age writes.
    if (bytes === null || (bytes.length === 0 && at > 0)) {
      throw corrupted('its encrypted data was cut off or changed')
    }
    yield bytes
    if (isLast) return
    ;[room, other] = [other, room]
    length = nextLength
  }
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', KEY_BYTES))
}

/** Eleven bytes of the chunk's number, and one that is 1 for the last chunk. */
function chunkNonce(at: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(at, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Null where the bytes are not what was encrypted. */
function decryptChunk(key: Buffer, nonce: Buffer, chunk: Buffer): Buffer | null {
  if (chunk.length < TAG_BYTES) return null
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(chunk.subarray(chunk.length - TAG_BYTES))
  const bytes = decipher.update(chunk.subarray(0, chunk.length - TAG_BYTES))
  try {
    decipher.final()
    return bytes
  } catch {
    return null
  }
}
