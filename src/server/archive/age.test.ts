import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { Decrypter, Encrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'

import { createEncryption, decrypt } from './age.ts'

const PASSWORD = 'correct horse'
const CHUNK = 65_536
/** Around the places where one chunk ends and the next begins. */
const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 300_000]

function pieces(bytes: Buffer, pieceBytes: number): Readable {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) parts.push(bytes.subarray(at, at + pieceBytes))
  return Readable.from(parts, { objectMode: false })
}

async function opened(bytes: Buffer, pieceBytes = 10_007): Promise<Buffer> {
  return buffer(await decrypt(bytes.subarray(0, 4_096), pieces(bytes, pieceBytes), PASSWORD))
}

/** By the package, with a work factor that takes no time. */
async function sealedElsewhere(bytes: Buffer): Promise<Buffer> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(PASSWORD)
  encrypter.setScryptWorkFactor(2)
  return Buffer.from(await encrypter.encrypt(bytes))
}

describe('age with a password', () => {
  it.each(SIZES)('what is encrypted here is opened by another program of the format, %i bytes', async (size) => {
    const bytes = randomBytes(size)
    const sealed = await buffer(pieces(bytes, 40_001).pipe(await createEncryption(PASSWORD)))
    const decrypter = new Decrypter()
    decrypter.addPassphrase(PASSWORD)
    expect(Buffer.from(await decrypter.decrypt(sealed)).equals(bytes)).toBe(true)
    expect((await opened(sealed)).equals(bytes)).toBe(true)
  })

  it.each(SIZES)('what another program encrypted is opened here, %i bytes, in pieces of any size', async (size) => {
    const bytes = randomBytes(size)
    const sealed = await sealedElsewhere(bytes)
    for (const pieceBytes of [997, CHUNK + 16, 1_000_000]) {
      expect((await opened(sealed, pieceBytes)).equals(bytes)).toBe(true)
    }
  })

  it('an end that was cut off, also between two chunks, and chunks in another order are refused', async () => {
    const bytes = randomBytes(3 * CHUNK)
    const sealed = await sealedElsewhere(bytes)
    const start = sealed.length - 3 * (CHUNK + 16)
    const chunk = (at: number): Buffer => sealed.subarray(start + at * (CHUNK + 16), start + (at + 1) * (CHUNK + 16))
    const head = sealed.subarray(0, start)
    const damaged = [
      sealed.subarray(0, start + 2 * (CHUNK + 16)),
      sealed.subarray(0, start + 2 * (CHUNK + 16) + 5),
      sealed.subarray(0, start),
      Buffer.concat([head, chunk(1), chunk(0), chunk(2)]),
      Buffer.concat([head, chunk(0), chunk(2)]),
      Buffer.concat([sealed, chunk(2)]),
      Buffer.concat([sealed, randomBytes(16)]),
    ]
    for (const one of damaged) await expect(opened(one)).rejects.toMatchObject({ payload: { reason: 'corrupted' } })
  })

  it('a wrong password and a changed header are told before anything is decrypted', async () => {
    const sealed = await sealedElsewhere(randomBytes(10))
    const source = pieces(sealed, 1_000)
    await expect(decrypt(sealed, source, 'wrong')).rejects.toMatchObject({ code: 'wrong_password' })
    const changed = Buffer.from(
      sealed.toString('latin1').replace(/--- ./, (text) => (text === '--- A' ? '--- B' : '--- A')),
      'latin1',
    )
    await expect(decrypt(changed, source, PASSWORD)).rejects.toMatchObject({ payload: { reason: 'corrupted' } })
  })
})
