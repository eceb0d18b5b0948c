import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

import type { z } from 'zod'

import type { PasskeyAssertion, PasskeyRegistration } from '#api/contract/passkeys.ts'

type Cbor = number | string | Buffer | Map<number | string, Cbor>

/** As much of CBOR (RFC 8949) as an authenticator writes. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)])])
}

function head(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length])
  if (length < 256) return Buffer.from([(kind << 5) | 24, length])
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 255])
}

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

/** What a test may have the authenticator, or the browser around it, do otherwise. */
export interface Ceremony {
  origin?: string
  rpId?: string
  /** Whether it asked for a finger or a PIN. */
  isVerified?: boolean
  counter?: number
}

/** An authenticator in software: ES256, one credential. Written from the WebAuthn specification, for tests. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url')
  counter = 0
  userHandle = ''
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  /** What `navigator.credentials.create` answers for these options. */
  register(options: Record<string, unknown>, ceremony: Ceremony = {}): z.input<typeof PasskeyRegistration> {
    this.userHandle = (options['user'] as { id: string }).id
    const rpId = (options['rp'] as { id: string }).id
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const key = new Map<number | string, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    const rawId = Buffer.from(this.id, 'base64url')
    const credential = [Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, cbor(key)]
    const authData = Buffer.concat([this.#authData({ rpId, ...ceremony }, 0x40), ...credential])
    const attestation = cbor(
      new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    )
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options, ceremony).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** What `navigator.credentials.get` answers for these options. Each use is counted. */
  assert(options: Record<string, unknown>, ceremony: Ceremony = {}): z.input<typeof PasskeyAssertion> {
    this.counter += 1
    const authenticatorData = this.#authData({ rpId: options['rpId'] as string, ...ceremony }, 0)
    const clientData = this.#clientData('webauthn.get', options, ceremony)
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.#keys.privateKey)
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: this.userHandle,
      },
    }
  }

  #credential() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  #clientData(type: string, options: Record<string, unknown>, { origin = 'http://localhost' }: Ceremony): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: options['challenge'], origin, crossOrigin: false }))
  }

  #authData({ rpId = '', isVerified = true, counter = this.counter }: Ceremony, flags: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 0x01 | (isVerified ? 0x04 : 0)]), count])
  }
}
