import type { Backup } from '#api/contract/backups.ts'
import { Callout } from '#console/ui/callout.tsx'

import { hasArchive, isWaiting } from '../backup-words.ts'

/** What went wrong or looks unlike it should, with what it means. */
export function BackupTrouble({ backup }: { backup: Backup }) {
  const { status, failure, warnings } = backup
  return (
    <>
      {status === 'cancelled' && (
        <Callout title="This backup was cancelled">Nothing of it was kept. The workspace was not touched.</Callout>
      )}
      {failure && status === 'failed' && (
        <Callout
          tone="danger"
          title={hasArchive(backup) ? 'The stored archive is not what was written' : 'The backup failed'}
        >
          <p className="wrap-anywhere">{failure.message}</p>
          <p className="mt-1">
            {hasArchive(backup)
              ? 'Nothing is restored from it; what is left of it can be downloaded.'
              : 'Nothing of it was kept. The workspace was not touched.'}{' '}
            <code className="text-xs">{failure.code}</code>
          </p>
        </Callout>
      )}
      {failure && isWaiting(backup) && (
        <Callout tone="warning" title="It is tried again by itself">
          Until then nothing has to be done. When it fails for good, it says so here and whoever is notified of failures
          is told.
        </Callout>
      )}
      {warnings.length > 0 && (
        <Callout
          tone={status === 'looks_wrong' ? 'danger' : 'warning'}
          title={status === 'looks_wrong' ? 'It is whole, and yet it looks wrong' : 'It is whole, with warnings'}
        >
          <ul className="flex list-disc flex-col gap-0.5 pl-4">
            {warnings.map(({ code, message }) => (
              <li key={`${code} ${message}`} className="wrap-anywhere">
                {message}
              </li>
            ))}
          </ul>
          <p className="mt-1">{meaningOf(backup)}</p>
        </Callout>
      )}
    </>
  )
}

function meaningOf({ status, warnings }: Backup): string {
  if (warnings.some(({ code }) => code === 'unproven'))
    return 'Verify it with its password: until then nobody knows what it holds.'
  return status === 'looks_wrong'
    ? 'Every byte is as it was written, but much less or more was written than before. Look whether the workspace itself is as it should be, before older backups go.'
    : 'It can be restored. Look whether the difference is what you expect.'
}
