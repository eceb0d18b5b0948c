import { useQuery } from '@tanstack/react-query'

import type { Restore } from '#api/contract/restores.ts'
import { restores } from '#console/data/restores.ts'
import { formatDuration } from '#console/lib/format.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Progress } from '#console/ui/progress.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

import { restoreFigures, restoreShare, restoreStage, tookMs } from '../restore-words.ts'
import { CancelRestoreButton } from './cancel-restore-button.tsx'
import { RestoreStages } from './restore-stages.tsx'

/** A running restore with its real figures. */
export function RestoreProgress({ restore }: { restore: Restore }) {
  const now = useNow(1_000)
  const last = useLastTime(restore)
  const figures = [restoreFigures(restore, now), last].filter(Boolean).join(' · ')
  return (
    <div className="flex flex-col gap-4">
      {restore.nextAttemptAt !== null && (
        <Callout tone="warning" title={`Attempt ${restore.attempt} did not work`} className="wrap-anywhere">
          {restore.failure?.message} It is tried again <RelativeTime at={restore.nextAttemptAt} />.
        </Callout>
      )}
      <div className="flex flex-col gap-4 rounded-lg border bg-panel px-4 py-3">
        <Progress label={restoreStage(restore)} detail={figures} {...restoreShare(restore)} />
        <RestoreStages restore={restore} now={now} />
        <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-3">
          <p className="text-sm text-muted">
            {restore.cancelling ? (
              'Its end was asked for: it follows within seconds, unless it was just done.'
            ) : (
              <>
                Runs on the server. You can close this tab.{' '}
                {restore.intoNew || restore.newBranch !== null
                  ? 'It appears when it is whole.'
                  : 'Everything stays as it is until the last step.'}
              </>
            )}
          </p>
          <CancelRestoreButton restore={restore} />
        </div>
      </div>
    </div>
  )
}

/** What an earlier restore of the same backup and extent took, to compare with. */
function useLastTime({ id, backupId, scope }: Restore): string | undefined {
  const list = useQuery({ ...restores.list({ backupId: backupId ?? 0, limit: 20 }), enabled: backupId !== null })
  const same = list.data?.items.find(
    (other) =>
      other.id !== id &&
      other.status === 'succeeded' &&
      other.newBranch === null &&
      JSON.stringify(other.scope) === JSON.stringify(scope),
  )
  const ms = same === undefined ? null : tookMs(same)
  return ms === null ? undefined : `last one took ${formatDuration(ms)}`
}
