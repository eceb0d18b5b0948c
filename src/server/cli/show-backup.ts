import type { Backup } from '#api/contract/backups.ts'

import { bytesText, countText, factsText, momentText } from './text.ts'

/** One backup in some lines. */
export function backupText(backup: Backup): string {
  const { warnings, verification, failure } = backup
  return factsText({
    backup: String(backup.id),
    workspace: backup.branch === '' ? backup.workspaceName : `${backup.workspaceName} (${backup.branch})`,
    status: backup.status,
    size: backup.bytes === 0 ? null : bytesText(backup.bytes),
    rows: backup.summary === null ? null : countText(backup.rows, 'row'),
    stored: backup.targetName,
    encrypted: backup.encrypted ? 'yes' : 'no',
    verified: momentText(backup.verifiedAt),
    'read back':
      verification === null ? null : `${verification.status} (${verification.depth}) at ${momentText(verification.at)}`,
    sha256: backup.sha256,
    warnings: warnings.length === 0 ? null : warnings.map(({ message }) => message).join(' '),
    failure: (failure ?? verification?.failure)?.message ?? null,
  })
}

/** How far it is. */
export function backupProgress({ stage, current, rows, bytes, nextAttemptAt }: Backup): string {
  const again = nextAttemptAt === null ? '' : `, tried again at ${momentText(nextAttemptAt)}`
  return `${stage}${current === null ? '' : ` ${current}`}: ${countText(rows, 'row')}, ${bytesText(bytes)}${again}`
}
