import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { StartError } from './errors.ts'

/** Makes `DATA_DIR` (mode 0700) and proves that it can be written. */
export function prepareDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir)
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    const probe = join(dataDir, '.write-test')
    writeFileSync(probe, '', { flag: 'w', mode: 0o600 })
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StartError(
      `The data folder ${dataDir} cannot be written (${reason}). Give Metadeck a folder of its own by DATA_DIR, or the right to write there.`,
    )
  }
}

/** Makes the folder and those above it. Node's own recursive form never returns where a system folder refuses (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** The configured master key, else the one in `DATA_DIR`, made at first start with mode 0600. */
export function masterKey(dataDir: string, configured: Buffer | undefined): Buffer {
  if (configured !== undefined) return configured
  const file = join(dataDir, 'master.key')
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) {
    throw new StartError(
      `The master key in ${file} is damaged: it must be 32 bytes in base64. Put the right one back, or set METADECK_MASTER_KEY.`,
    )
  }
  return key
}
