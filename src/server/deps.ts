import type { FastifyBaseLogger } from 'fastify'

import type { Config } from './config.ts'
import type { Connection } from './db/connection.ts'
import type { JobQueue } from './jobs/queue.ts'
import type { Hub } from './realtime/hub.ts'
import type { Targets } from './storage/open-targets.ts'
import type { Storage } from './storage/storage.ts'
import type { Vault } from './vault.ts'

/** Everything a resource may need, built once in `main.ts` (tests build their own). No module-level state. */
export interface Deps {
  config: Config
  /** `http://127.0.0.1:4000`, without a trailing slash; known once the server listens. */
  publicUrl: () => string
  version: string
  connection: Connection
  hub: Hub
  /** Where archives lie. */
  targets: Targets
  /** Where the objects of stored files lie; the rows of `metadeck.file` name them. */
  files: Storage
  jobs: JobQueue
  vault: Vault
  now: () => Date
  log: FastifyBaseLogger
}
