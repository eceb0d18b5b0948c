import { join } from 'node:path'

import type { Config } from './config.ts'
import { masterKey } from './data-folder.ts'
import type { OpenedDatabase } from './db/open-database.ts'
import type { Deps } from './deps.ts'
import { openFolderStorage } from './storage/folder.ts'
import { openTargets } from './storage/open-targets.ts'
import { createVault } from './vault.ts'
import { VERSION } from './version.ts'

/** What server and command line build everything else on; only the queue is missing. */
export async function openDeps(
  config: Config,
  { connection }: Pick<OpenedDatabase, 'connection'>,
  { hub, log, publicUrl }: Pick<Deps, 'hub' | 'log' | 'publicUrl'>,
): Promise<Omit<Deps, 'jobs'>> {
  const vault = createVault(masterKey(config.dataDir, config.masterKey))
  const builtIn = await openFolderStorage(join(config.dataDir, 'backups'))
  return {
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
}
