import type { Restore } from '#api/contract/restores.ts'
import { useNow } from '#console/lib/use-now.ts'
import { Progress } from '#console/ui/progress.tsx'

import { restoreFigures, restoreShare, restoreStage } from './restore-words.ts'

/** A running restore with its real figures. */
export function RestoreProgress({ restore }: { restore: Restore }) {
  const now = useNow(1_000)
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-panel px-4 py-3">
      <Progress label={restoreStage(restore)} detail={restoreFigures(restore, now)} {...restoreShare(restore)} />
      <p className="text-sm text-muted">
        Runs on the server. You can close this tab.{' '}
        {restore.intoNew
          ? 'The workspace appears when it is whole.'
          : 'The workspace stays as it is until all of it is there.'}
      </p>
    </div>
  )
}
