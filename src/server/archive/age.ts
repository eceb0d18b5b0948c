import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import type { Transform } from 'node:stream'
import { promisify } from 'node:util'

import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption'

import { AppError } from '../errors.ts'
import { decryptPayload, encryptPayload } from './age-payload.ts'
import { badArchive, corrupted, truncated, wrongPassword } from './archive-error.ts'

/**
 * age with a passphrase (age-encryption.org/v1, one scrypt stanza). The header is the package's work. The key derivation
 * is Node's own, which runs beside the event loop, and so is the encryption of the bytes, which is ten times as fast.
 */
const SCRYPT_LABEL = 'age-encryption.org/v1/scrypt'
/** 2^15 × 8 × 128 bytes = 32 MB for a moment, and about a tenth of a second for each guess. */
const WRITE_WORK_FACTOR = 15
/** What the age program itself writes; more would let a file take as much memory as it likes. */
const READ_WORK_FACTOR_MAX = 18
const SALT_BYTES = 16
const FILE_KEY_BYTES = 16
const TAG_BYTES = 16
const NONCE = Buffer.alloc(12)

/** The whole header of a file for a passphrase: nothing else may be in it. */
const HEADER =
  /^age-encryption\.org\/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n/

/** Length of that header, give or take. */
const HEADER_BYTES = 160

const deriveKey = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

async function passphraseKey(password: string, salt: Uint8Array, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor
  return deriveKey(password, Buffer.concat([Buffer.from(SCRYPT_LABEL), salt]), 32, {
    N,
    r: 8,
    p: 1,
    maxmem: N * 1_100 + 1_048_576,
  })
}

function wrapKey(fileKey: Uint8Array, key: Buffer): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG_BYTES })
  return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
}

function unwrapKey(wrapped: Uint8Array, key: Buffer): Buffer | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, NONCE, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(wrapped.subarray(FILE_KEY_BYTES))
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(0, FILE_KEY_BYTES)), decipher.final()])
  } catch {
    return null
  }
}

/** A stream that encrypts with a password what is written into it. */
export async function createEncryption(password: string): Promise<Transform> {
  let fileKey: Uint8Array = Buffer.alloc(0)
  const recipient: Recipient = {
    async wrapFileKey(key) {
      fileKey = key
      const salt = randomBytes(SALT_BYTES)
      const wrappingKey = await passphraseKey(password, salt, WRITE_WORK_FACTOR)
      const args = ['scrypt', salt.toString('base64').replaceAll('=', ''), String(WRITE_WORK_FACTOR)]
      return [new Stanza(args, wrapKey(key, wrappingKey))]
    },
  }
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const empty = Buffer.from(await encrypter.encrypt(new Uint8Array(0)))
  return encryptPayload(empty.subarray(0, headerLength(empty)), fileKey)
}

/**
 * Decrypts a stream whose beginning is `head`. Throws `wrong_password` before anything is decrypted; damage shows
 * while the result is read.
 */
export async function decrypt(
  head: Buffer,
  source: AsyncIterable<Buffer>,
  password: string,
): Promise<AsyncGenerator<Buffer>> {
  const length = headerLength(head)
  const identity: Identity = {
    async unwrapFileKey([stanza]) {
      const salt = Buffer.from(stanza?.args[1] ?? '', 'base64')
      const key = await passphraseKey(password, salt, Number(stanza?.args[2]))
      const fileKey = unwrapKey(stanza?.body ?? Buffer.alloc(0), key)
      if (fileKey === null) throw wrongPassword('wrong_password')
      return fileKey
    },
  }
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const fileKey = await decrypter.decryptHeader(head.subarray(0, length)).catch((error: unknown) => {
    throw readError(error)
  })
  return decryptPayload(source, length, fileKey)
}

/** Bytes of the header that the file begins with. Throws unless it is one for a passphrase, and bearable. */
function headerLength(head: Buffer): number {
  const match = HEADER.exec(head.toString('latin1', 0, 512))
  if (match !== null) {
    if (Number(match[2]) <= READ_WORK_FACTOR_MAX) return match[0].length
    throw badArchive(
      'unsupported_encryption',
      `The archive asks for a key derivation of 2^${match[2]} steps; more than 2^${READ_WORK_FACTOR_MAX} is refused because of the memory it takes.`,
    )
  }
  if (head.length < HEADER_BYTES) throw truncated()
  throw badArchive(
    'unsupported_encryption',
    'The archive is encrypted with age, but not with a password alone. Decrypt it with the age program first.',
  )
}

/** The package throws bare errors for a header that was changed. */
function readError(error: unknown): unknown {
  if (error instanceof AppError) return error
  return corrupted('its encrypted data was cut off or changed', error)
}
