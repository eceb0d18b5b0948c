import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

import { AppError } from './errors.ts'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts what must be stored and read again: passwords of queued jobs, credentials of targets and instances. */
export interface Vault {
  /** Text → base64 of iv, tag and ciphertext. */
  seal(text: string): string
  /** Throws when the text was sealed under another master key or was changed. */
  open(sealed: string): string
}

/** AES-256-GCM under the 32-byte master key. */
export function createVault(masterKey: Buffer): Vault {
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, masterKey, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv(ALGORITHM, masterKey, bytes.subarray(0, IV_BYTES))
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
    },
  }
}

/**
 * The vault of a process whose master key is not that of the others: both ways throw `not_ready`, so that nothing is
 * sealed that they cannot open.
 */
export function closedVault(): Vault {
  const refuse = (): never => {
    throw new AppError(
      'not_ready',
      'This process was started with another master key than the others on this database, so it can neither keep nor read secrets. Start it with their DATA_DIR or METADECK_MASTER_KEY.',
      { payload: { reason: 'other_master_key' } },
    )
  }
  return { seal: refuse, open: refuse }
}
