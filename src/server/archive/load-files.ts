import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

import { AppError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import { corrupted } from './archive-error.ts'
import type { Manifest, ManifestFile } from './manifest.ts'
import type { TarMember } from './tar.ts'

/** A file of the archive and the object that its bytes were stored as. */
export interface LoadedFile extends ManifestFile {
  objectName: string
  size: number
  sha256: string
}

/**
 * Takes stored files out of an archive into the store, under new names. A store knows no transactions: what was put
 * there is taken away again by `undo` where the import fails, and what it replaces is deleted once it is committed.
 */
export class FileLoader {
  readonly loaded: LoadedFile[] = []
  readonly #store: Storage | undefined
  readonly #waiting: Map<string, ManifestFile>
  readonly #hashes: ReadonlyMap<string, string>

  constructor(store: Storage | undefined, files: readonly ManifestFile[], members: Manifest['members']) {
    if (store === undefined && files.length > 0) {
      throw new AppError('conflict', 'The archive holds stored files, and there is no store here to put them into.')
    }
    this.#store = store
    this.#waiting = new Map(files.map((file) => [file.member, file]))
    this.#hashes = new Map(members.map(({ name, sha256 }) => [name, sha256]))
  }

  /** True once every file of the manifest was taken. */
  get isComplete(): boolean {
    return this.#waiting.size === 0
  }

  /** Stores the member for the workspace where it is a stored file; answers false where it is not. */
  async take(member: TarMember, workspaceId: number): Promise<boolean> {
    const file = this.#waiting.get(member.name)
    if (file === undefined || this.#store === undefined) return false
    const objectName = `w${workspaceId}-${randomUUID()}`
    const sha256 = this.#hashes.get(member.name) ?? ''
    await this.#store.write(objectName, Readable.from(checked(member, sha256), { objectMode: false }))
    this.#waiting.delete(member.name)
    this.loaded.push({ ...file, objectName, size: member.size, sha256 })
    return true
  }

  /** Takes away what was stored. */
  async undo(): Promise<void> {
    await this.discard(this.loaded.map(({ objectName }) => objectName))
  }

  /** Deletes objects that no row names. One that stays is harmless: nobody can reach it. */
  async discard(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#store?.delete(name).catch(() => undefined)
  }
}

async function* checked(member: TarMember, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of member.bytes) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== sha256) throw corrupted(`"${member.name}" changed while it was read`)
}

/** A store that keeps nothing: for an import that is rehearsed and reads stored files only to check them. */
export const NO_STORE: Storage = {
  async write(_name, source) {
    let bytes = 0
    for await (const chunk of source as AsyncIterable<Buffer>) bytes += chunk.length
    return bytes
  },
  read: () => Promise.reject(new AppError('not_found', 'The store keeps nothing.')),
  size: () => Promise.resolve(null),
  delete: () => Promise.resolve(),
}
