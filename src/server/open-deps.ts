import { join } from 'node:path'

import type { Config } from './config.ts'
import { masterKey } from './data-folder.ts'
import type { OpenedDatabase } from './db/open-database.ts'
import type { Deps } from './deps.ts'
import { type Instance, joinInstance } from './instance-identity.ts'
import { openFolderStorage } from './storage/folder.ts'
import { openTargets } from './storage/open-targets.ts'
import { VERSION } from './version.ts'

/**
 * What server and command line build everything else on; only the queue is missing. `instance` says whether this process
 * may take jobs.
 */
export async function openDeps(
  config: Config,
  { connection }: Pick<OpenedDatabase, 'connection'>,
  { hub, log, publicUrl }: Pick<Deps, 'hub' | 'log' | 'publicUrl'>,
): Promise<{ base: Omit<Deps, 'jobs'>; instance: Instance }> {
  const folder = join(config.dataDir, 'backups')
  const instance = await joinInstance(connection.db, {
    folder,
    storage: await openFolderStorage(folder),
    masterKey: masterKey(config.dataDir, config.masterKey),
    isEmbedded: config.databaseUrl === undefined,
  })
  const { vault, builtIn } = instance
  const base = {
    config,
    publicUrl,
    version: VERSION,
    connection,
    hub,
    targets: openTargets({ db: connection.db, vault, builtIn }),
    files: await openFolderStorage(join(config.dataDir, 'files')),
    vault,
    now: () => new Date(),
    log,
  }
  return { base, instance }
}
