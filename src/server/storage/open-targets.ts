import { TargetSettings } from '#api/contract/targets.ts'

import type { Db } from '../db/connection.ts'
import { AppError, notFound } from '../errors.ts'
import type { Vault } from '../vault.ts'
import { openFolderTarget } from './folder-target.ts'
import { openS3 } from './lazy-s3.ts'
import type { Patience } from './s3.ts'
import type { Storage } from './storage.ts'
import { refused } from './target-failure.ts'

/** The stores that archives lie in: the folder of the instance, and the targets that people added. */
export interface Targets {
  /**
   * The store of a target as it is set now; null = the folder of the instance. Throws `not_found`, `target_refused`,
   * `not_ready`.
   */
  open(id: number | null): Promise<Storage>
}

/** Name of the folder of the instance where targets are listed. */
export const BUILT_IN_TARGET = 'This server'

interface TargetDeps {
  db: Db
  vault: Vault
  /** The folder of the instance. */
  builtIn: Storage
}

/** Opens targets by what the database says of them; each change of a target opens it anew. */
export function openTargets({ db, vault, builtIn }: TargetDeps): Targets {
  const opened = new Map<number, { from: string; storage: Promise<Storage> }>()
  return {
    async open(id) {
      if (id === null) return builtIn
      const row = await db.selectFrom('target').selectAll().where('id', '=', id).executeTakeFirst()
      if (row === undefined) {
        opened.delete(id)
        throw notFound(`The target ${id}`)
      }
      const from = JSON.stringify([row.settings, row.sealed_secret])
      const known = opened.get(id)
      if (known?.from === from) return known.storage
      const settings = TargetSettings.parse(row.settings)
      const storage = openTarget(settings, () => openSecret(vault, row.name, row.sealed_secret))
      opened.set(id, { from, storage })
      storage.catch(() => opened.delete(id))
      return storage
    },
  }
}

/** Opens a store by its settings; the secret is asked for where there is one. */
export async function openTarget(
  settings: TargetSettings,
  secret: () => string,
  patience?: Patience,
): Promise<Storage> {
  return settings.kind === 's3' ? openS3(settings, secret(), patience) : openFolderTarget(settings.path)
}

/**
 * The secret of a target. Throws `target_refused` where it was sealed under another master key, `not_ready` where it is
 * this process that has another one than the rest.
 */
export function openSecret(vault: Vault, name: string, sealed: string | null): string {
  try {
    return vault.open(sealed ?? '')
  } catch (error) {
    // The other processes can read it.
    if (error instanceof AppError) throw error
    throw refused(
      'sealed_secret',
      `The secret access key of the target ${name} cannot be read: it was stored under another master key. Enter it again in the target, or start Metadeck with the master key of then.`,
      error,
    )
  }
}
