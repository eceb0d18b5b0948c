import type { Restore } from '#api/contract/restores.ts'
import { formatCount, formatDuration } from '#console/lib/format.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { RelativeTime } from '#console/ui/relative-time.tsx'

/** How it ended: what is there now, or why not and that the target is as it was. */
export function RestoreResult({ restore }: { restore: Restore }) {
  if (restore.status === 'succeeded') return <Restored restore={restore} />
  return (
    <div className="flex flex-col items-start gap-4">
      <Callout
        tone="danger"
        title={restore.status === 'cancelled' ? 'The restore was cancelled' : 'The restore failed'}
        className="w-full wrap-anywhere"
      >
        <p>{restore.failure?.message ?? 'The server gave no reason.'}</p>
        <p className="mt-1 font-medium">
          {restore.intoNew
            ? 'No workspace was made, and nothing else was changed.'
            : `${restore.workspaceName} is untouched: it is as it was before.`}
        </p>
        {restore.failure && <code className="mt-1 block text-xs text-muted">{restore.failure.code}</code>}
      </Callout>
      <ButtonLink to={restore.backupId === null ? '/restore' : `/restore?backup=${restore.backupId}`}>
        Start over
      </ButtonLink>
    </div>
  )
}

function Restored({ restore }: { restore: Restore }) {
  const { workspaceId, workspaceName, tablesDone, rows, startedAt, finishedAt } = restore
  const took =
    startedAt !== null && finishedAt !== null
      ? ` in ${formatDuration(new Date(finishedAt).getTime() - new Date(startedAt).getTime())}`
      : ''
  return (
    <div className="flex flex-col items-start gap-4">
      <Callout
        tone="success"
        title={restore.intoNew ? `Workspace ${workspaceName} is there` : `Workspace ${workspaceName} is restored`}
        className="w-full wrap-anywhere"
      >
        <p className="tabular-nums">
          {formatCount(tablesDone, 'table')} and {formatCount(rows, 'row')} restored{took}
          {finishedAt !== null && (
            <>
              , finished <RelativeTime at={finishedAt} />
            </>
          )}
          .
        </p>
      </Callout>
      {workspaceId !== null && (
        <ButtonLink
          to={`/w/${workspaceId}`}
          variant="primary"
          className="h-auto! min-h-8 max-w-full shrink! py-1 wrap-anywhere whitespace-normal!"
        >
          <span className="min-w-0 wrap-anywhere">Open {workspaceName}</span>
        </ButtonLink>
      )}
    </div>
  )
}
