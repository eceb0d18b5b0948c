import type { Backup } from '#api/contract/backups.ts'
import { formatLocal } from '#console/lib/format-time.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** `Tries again 12:31 (attempt 3): the target does not answer`, of a run that waits after a failure. */
export function RetryWords({ backup: { nextAttemptAt, attempt, failure } }: { backup: Backup }) {
  if (failure === null) return null
  const at = nextAttemptAt === null ? undefined : new Date(nextAttemptAt)
  return (
    <>
      Tries again{' '}
      {at && (
        <time dateTime={at.toISOString()} title={formatLocal(at)}>
          {clock.format(at)}
        </time>
      )}{' '}
      (attempt {attempt + 1}): {failure.message}
    </>
  )
}
