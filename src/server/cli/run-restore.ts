import type { Backup } from '#api/contract/backups.ts'
import { cancelRestore, createRestore, getRestore, type Restore, type RestoreTarget } from '#api/contract/restores.ts'

import { CliError, EXIT, wrongUsage } from './exit-code.ts'
import { findWorkspace } from './find.ts'
import { follow } from './follow.ts'
import type { Outcome } from './outcome.ts'
import { readPassword } from './password.ts'
import { untilVerified } from './prove.ts'
import { type Arguments, readId, refuseExtra } from './read-arguments.ts'
import { scopeOf } from './restore-scope.ts'
import { sendFile } from './send-file.ts'
import type { Session } from './session.ts'
import type { Surroundings } from './surroundings.ts'
import { countText, factsText } from './text.ts'

type Values = Arguments<'restore'>['values']

/** `metadeck restore`. */
export async function runRestore(
  { values, positionals }: Arguments<'restore'>,
  open: () => Promise<Session>,
  around: Surroundings,
): Promise<Outcome> {
  refuseExtra(positionals)
  requireChoices(values)
  const scope = scopeOf(values)
  const known = values.backup === undefined ? null : readId(values.backup, 'the id of a backup')
  const password = await readPassword(values['password-file'], around)
  const session = await open()
  const { call } = session
  const into = await targetOf(session, values)
  const backupId = known ?? (await upload(session, values.file ?? '', password, around)).id
  const { id } = await call(createRestore, { body: { backupId, password, into, ...scope } })
  const restore = await follow<Restore>(session, around, {
    read: () => call(getRestore, { params: { id } }),
    isWaiting: ({ status }) => status === 'queued',
    isDone: ({ status }) => !['queued', 'running'].includes(status),
    describe: ({ stage, current, rows }) =>
      `${stage}${current === null ? '' : ` ${current}`}: ${countText(rows, 'row')}`,
    cancel: () => call(cancelRestore, { params: { id } }),
  })
  return { exit: restore.status === 'succeeded' ? EXIT.good : EXIT.failed, json: restore, text: restoreText(restore) }
}

function requireChoices(values: Values): void {
  if ((values.backup === undefined) === (values.file === undefined)) {
    throw wrongUsage('Give --backup ID, or --file ARCHIVE.')
  }
  if ((values.into === undefined) === (values['into-new'] === undefined)) {
    throw wrongUsage('Give --into-new NAME, or --into ID|NAME with --confirm NAME.')
  }
  if ((values.into === undefined) !== (values.confirm === undefined)) {
    throw wrongUsage('--into replaces a workspace: repeat its name with --confirm NAME.')
  }
}

async function targetOf({ call }: Session, values: Values): Promise<RestoreTarget> {
  if (values['into-new'] !== undefined) return { newWorkspace: values['into-new'] }
  const workspace = await findWorkspace(call, values.into ?? '')
  return { workspaceId: workspace.id, confirm: values.confirm ?? '' }
}

/** Sends the file and waits until it is proven: nothing is restored from one that is not. */
async function upload(session: Session, file: string, password: string, around: Surroundings): Promise<Backup> {
  const sent = await sendFile(session.call, file, password, around)
  const backup = await untilVerified(session, sent.id, around)
  if (backup.status === 'succeeded' || backup.status === 'warnings') return backup
  const failure = backup.failure ?? backup.verification?.failure
  throw new CliError(EXIT.failed, failure?.code ?? 'unproven', failure?.message ?? 'The archive could not be verified.')
}

function restoreText(restore: Restore): string {
  return factsText({
    restore: String(restore.id),
    status: restore.status,
    workspace: `${restore.workspaceName}${restore.workspaceId === null ? '' : ` (${restore.workspaceId})`}`,
    rows: countText(restore.rows, 'row'),
    'safety backup': restore.safetyBackupId === null ? null : String(restore.safetyBackupId),
    failure: restore.failure?.message ?? null,
  })
}
