import { createHmac, randomUUID } from 'node:crypto'
import { join } from 'node:path'

import type { Db } from './db/connection.ts'
import {
  changeClaim,
  type Claim,
  INSTANCE_MARKER,
  lookForArchives,
  readClaim,
  readMarker,
  writeMarker,
} from './instance-claim.ts'
import type { Storage } from './storage/storage.ts'
import { unreachable } from './storage/target-failure.ts'
import { closedVault, createVault, type Vault } from './vault.ts'

/** The place of this process among those on one database. */
export interface Instance {
  /**
   * Why this process must leave jobs to others, in words for the log; null = it may take them. That can change while it
   * runs: of several folders, the one that the first archive goes to is the instance's.
   */
  whyIdle(): Promise<string | null>
  /** Seals and opens under the master key of the instance; throws `not_ready` where this process has another one. */
  vault: Vault
  /** The built-in folder. Each use of it throws `not_ready` while the archives lie in another one. */
  builtIn: Storage
}

interface Own {
  /** `DATA_DIR/backups`, which is there. */
  folder: string
  storage: Storage
  masterKey: Buffer
  /** True where the database lies in the same `DATA_DIR`: then its folder is the right one in any case. */
  isEmbedded: boolean
}

/** Names what is compared of master keys; a change of it would make every key look like another one. */
const KEY_CHECK_TEXT = 'metadeck instance 1'

/**
 * Settles whether folder and master key of this process are those of the instance. Never refuses a start: what could do
 * harm is refused when it is used. An installation that was there before this was looked at is known by its archives.
 */
export async function joinInstance(db: Db, own: Own): Promise<Instance> {
  const keyCheck = createHmac('sha256', own.masterKey).update(KEY_CHECK_TEXT).digest('base64')
  let marker = ''
  const claim = await changeClaim(db, async (before, trx) => {
    const archives = await lookForArchives(trx, own.storage)
    // A folder that holds them and has lost its marker, or was copied without it.
    const known = archives === 'here' ? before.folderId : null
    marker = (await readMarker(own.folder)) ?? (await writeMarker(own.folder, known ?? undefined))
    const folderId = settleFolder(before, { marker, archives, isEmbedded: own.isEmbedded })
    const isOther = folderId !== null && folderId !== marker
    return { folderId, keyCheck: before.keyCheck ?? (isOther ? null : keyCheck) }
  })
  const hasKey = claim.keyCheck === null || claim.keyCheck === keyCheck
  return {
    async whyIdle() {
      if (!hasKey) return otherKey(own.folder)
      const { folderId } = await readClaim(db)
      return folderId === null || folderId === marker ? null : otherFolder(own.folder, folderId)
    },
    vault: hasKey ? createVault(own.masterKey) : closedVault(),
    builtIn: onlyHere(db, own.storage, { marker, hasKey }),
  }
}

interface Seen {
  marker: string
  archives: Awaited<ReturnType<typeof lookForArchives>>
  isEmbedded: boolean
}

function settleFolder({ folderId }: Claim, { marker, archives, isEmbedded }: Seen): string | null {
  if (isEmbedded || folderId === marker) return marker
  // Nobody needs the folder of then: the next archive decides.
  if (archives === 'none') return null
  if (folderId !== null) return folderId
  // The folder that holds them gets this name when its process starts.
  return archives === 'here' ? marker : randomUUID()
}

/**
 * The folder, for as long as the archives lie in it. What is written first settles that, but not by a process that can
 * take no jobs: then none could.
 */
function onlyHere(db: Db, storage: Storage, { marker, hasKey }: { marker: string; hasKey: boolean }): Storage {
  const requireHere = async (isWrite: boolean): Promise<void> => {
    let { folderId } = await readClaim(db)
    if (folderId === null && isWrite) {
      if (!hasKey) throw unreachable(OTHER_KEY)
      const claim = await changeClaim(db, (before) => ({ ...before, folderId: before.folderId ?? marker }))
      folderId = claim.folderId
    }
    if (folderId === null || folderId === marker) return
    throw unreachable(
      'The archive lies in the folder of another process on this database, which has another DATA_DIR. Ask that process, or give all of them the same DATA_DIR.',
    )
  }
  return {
    async write(name, source) {
      try {
        await requireHere(true)
      } catch (error) {
        source.destroy()
        throw error
      }
      return storage.write(name, source)
    },
    read: (name, range) => requireHere(false).then(() => storage.read(name, range)),
    size: (name) => requireHere(false).then(() => storage.size(name)),
    delete: (name) => requireHere(false).then(() => storage.delete(name)),
  }
}

const OTHER_KEY =
  'This process cannot settle where archives lie: it was started with another master key than the others on this database. Ask one of those, or start this one with their DATA_DIR or METADECK_MASTER_KEY.'

function otherFolder(folder: string, folderId: string): string {
  return `The archives of this database do not lie in ${folder}, but in the folder of another process. Give all processes on one database the same DATA_DIR. If that folder is lost for good, or its archives were moved here, write the text ${folderId} into ${join(folder, INSTANCE_MARKER)} and start again.`
}

function otherKey(folder: string): string {
  return `This process can read no stored secret: it was started with another master key than the others on this database. Give all processes one DATA_DIR or one METADECK_MASTER_KEY (this one's DATA_DIR is ${join(folder, '..')}). If that key is lost for good, delete the row "instance" of the table metadeck.setting, start again, and enter the stored secrets anew.`
}
