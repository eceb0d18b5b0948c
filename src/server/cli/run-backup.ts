import {
  type Backup,
  type BackupStatus,
  cancelBackup,
  type CreateBackup,
  createBackup,
  getBackup,
} from '#api/contract/backups.ts'

import { EXIT, type ExitCode, wrongUsage } from './exit-code.ts'
import { findTarget, findWorkspace } from './find.ts'
import { follow } from './follow.ts'
import type { Outcome } from './outcome.ts'
import { readPassword } from './password.ts'
import { type Arguments, refuseExtra, required } from './read-arguments.ts'
import { saveArchive } from './save-archive.ts'
import type { Session } from './session.ts'
import { backupProgress, backupText } from './show-backup.ts'
import type { Surroundings } from './surroundings.ts'

type Values = Arguments<'backup'>['values']

/** `metadeck backup`. */
export async function runBackup(
  { values, positionals }: Arguments<'backup'>,
  open: () => Promise<Session>,
  around: Surroundings,
): Promise<Outcome> {
  refuseExtra(positionals)
  const { output } = values
  if (output !== undefined && values['no-wait'] === true) {
    throw wrongUsage('--output needs the finished archive: leave --no-wait out.')
  }
  const wanted = required(values.workspace, '--workspace ID|NAME')
  const password = await readPassword(values['password-file'], around)
  const session = await open()
  const body = await bodyOf(session, { ...values, workspace: wanted }, password)
  const { id } = await session.call(createBackup, { body })
  const read = (): Promise<Backup> => session.call(getBackup, { params: { id } })
  if (values['no-wait'] === true) {
    if (session.patienceMs === 0) around.note('No Metadeck runs here: the backup is made once one is started.')
    const queued = await read()
    return { exit: EXIT.good, json: queued, text: backupText(queued) }
  }
  const backup = await follow(session, around, {
    read,
    isWaiting: ({ status }) => status === 'queued',
    isDone: ({ status }) => !['queued', 'running'].includes(status),
    describe: backupProgress,
    cancel: () => session.call(cancelBackup, { params: { id } }),
  })
  const exit = EXIT_OF[backup.status]
  if (output !== undefined && exit !== EXIT.failed) {
    await saveArchive(session, backup, around.pathOf(output), around.signal)
  }
  return { exit, json: backup, text: backupText(backup) }
}

async function bodyOf(
  { call }: Session,
  values: Values & { workspace: string },
  password: string,
): Promise<CreateBackup> {
  const workspace = await findWorkspace(call, values.workspace)
  const target = values.target === undefined ? null : await findTarget(call, values.target)
  const definitionOnly = values['definition-only'] === true
  return {
    workspaceId: workspace.id,
    branch: values.branch ?? '',
    definitionOnly,
    files: values['no-files'] !== true && !definitionOnly,
    password,
    targetId: target?.id ?? null,
  }
}

const EXIT_OF: Record<BackupStatus, ExitCode> = {
  queued: EXIT.failed,
  running: EXIT.failed,
  succeeded: EXIT.good,
  warnings: EXIT.notGood,
  looks_wrong: EXIT.notGood,
  failed: EXIT.failed,
  cancelled: EXIT.failed,
}
