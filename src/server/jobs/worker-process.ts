import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import type pg from 'pg'
import { pino } from 'pino'

import { readConfig } from '../config.ts'
import { connect } from '../db/connection.ts'
import { openHub } from '../realtime/hub.ts'
import { openFolderStorage } from '../storage/folder.ts'
import { openTargets } from '../storage/open-targets.ts'
import { createVault } from '../vault.ts'
import { openJobQueue } from './open-queue.ts'

/** For tests: a process that does jobs and nothing else, made to be killed. Its one argument says where. */
const { options, dataDir } = JSON.parse(process.argv[2] ?? '{}') as { options: pg.ClientConfig; dataDir: string }
mkdirSync(dataDir, { recursive: true })
const vault = createVault(Buffer.alloc(32, 7))
const connection = connect(options)
const queue = await openJobQueue(
  {
    config: readConfig({ DATA_DIR: dataDir, METADECK_ROLE: 'worker' }),
    publicUrl: () => '',
    version: '0.0.0-test',
    connection,
    hub: await openHub(options, () => undefined),
    targets: openTargets({ db: connection.db, vault, builtIn: await openFolderStorage(join(dataDir, 'backups')) }),
    files: await openFolderStorage(join(dataDir, 'files')),
    vault,
    now: () => new Date(),
    log: pino({ level: 'silent' }),
  },
  options,
)
process.once('SIGTERM', () => void queue.close().then(() => process.exit(0)))
process.stdout.write('working\n')
