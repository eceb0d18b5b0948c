import type { Restore } from '#api/contract/restores.ts'
import { ButtonLink } from '#console/ui/button-link.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { MergedRows } from './merged-rows.tsx'
import { RestoreStages } from './restore-stages.tsx'
import { ResultActions } from './result-actions.tsx'
import { ResultFacts } from './result-facts.tsx'
import { doneTitle, doneWords } from './result-words.ts'

/** How it ended: what is there now and the way back, or why not and that the target is as it was. */
export function RestoreResult({ restore }: { restore: Restore }) {
  if (restore.status === 'succeeded') return <Restored restore={restore} />
  const makes = restore.undoOf === null && (restore.intoNew || restore.newBranch !== null)
  return (
    <div className="flex flex-col items-start gap-4">
      <Callout
        tone={restore.status === 'cancelled' ? 'warning' : 'danger'}
        title={restore.status === 'cancelled' ? 'The restore was cancelled' : 'The restore failed'}
        className="w-full wrap-anywhere"
      >
        {restore.failure && <p>{restore.failure.message}</p>}
        <p className="mt-1 font-medium">
          {makes
            ? 'Nothing was made, and nothing else was changed.'
            : `${restore.workspaceName} is untouched: it is as it was before.`}
        </p>
        {restore.failure && <code className="mt-1 block text-xs text-muted">{restore.failure.code}</code>}
      </Callout>
      <ButtonLink to={restore.backupId === null ? '/restore' : `/restore?backup=${restore.backupId}`}>
        Start over
      </ButtonLink>
      <div className="w-full">
        <RestoreStages restore={restore} now={new Date(restore.finishedAt ?? restore.createdAt)} />
      </div>
    </div>
  )
}

function Restored({ restore }: { restore: Restore }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout
        tone={restore.undoneBy === null ? 'success' : 'info'}
        title={doneTitle(restore)}
        className="wrap-anywhere"
      >
        <p className="tabular-nums">{doneWords(restore)}</p>
      </Callout>
      <ResultActions restore={restore} />
      <MergedRows merged={restore.merged} />
      <ResultFacts restore={restore} />
      <RestoreStages restore={restore} now={new Date(restore.finishedAt ?? restore.createdAt)} />
    </div>
  )
}
