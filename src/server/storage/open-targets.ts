import type { Db } from '../db/connection.ts'
import { notFound } from '../errors.ts'
import type { Vault } from '../vault.ts'
import type { Storage } from './storage.ts'

/** The stores that archives lie in: the folder of the instance, and the targets that people added. */
export interface Targets {
  /** The store of a target; null = the folder of the instance. Throws `not_found`. */
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

/** Opens targets by what the database says of them. */
export function openTargets({ builtIn }: TargetDeps): Targets {
  return {
    open(id) {
      if (id === null) return Promise.resolve(builtIn)
      throw notFound(`The target ${id}`)
    },
  }
}
