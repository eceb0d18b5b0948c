import type { ArchiveDiff } from '#api/contract/diffs.ts'
import type { RestorePreview } from '#api/contract/restores.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { DiffDefinitions } from './diff-definitions.tsx'
import { DiffFiles } from './diff-files.tsx'
import { DiffLosses } from './diff-losses.tsx'
import { DiffTables } from './diff-tables.tsx'
import { isNothing, lossesOf } from './diff-words.ts'
import { listWords } from './scope-words.ts'
import type { RestoreWizard } from './use-restore-wizard.ts'

export interface DiffPreviewProps {
  wizard: RestoreWizard
  diff: ArchiveDiff
  effect: RestorePreview
}

/** Every difference between the archive and the workspace, losses first. */
export function DiffPreview({ wizard, diff, effect }: DiffPreviewProps) {
  const { go, tables } = wizard
  const look = (what: string) => go({ look: what })
  const taken = effect.takenCanonicals.map(({ group }) => group)
  return (
    <>
      {isNothing(diff, effect) ? (
        <Callout tone="success" title="Nothing differs">
          {tables === undefined ? diff.workspace.name : listWords(tables)}{' '}
          {tables === undefined || tables.length === 1 ? 'is' : 'are'} as in the backup. There is nothing to restore.
        </Callout>
      ) : (
        <DiffLosses losses={lossesOf(diff, effect)} onLook={look} />
      )}
      <DiffTables tables={diff.tables} onLook={look} />
      <DiffDefinitions definitions={diff.definitions} onLook={look} />
      <DiffFiles files={diff.files} onLook={look} />
      {taken.length > 0 && (
        <Callout tone="warning">
          {listWords(taken)} {taken.length === 1 ? 'gets' : 'get'} the address chosen under Scope.
        </Callout>
      )}
      <ComparedAt diff={wizard.diff} />
    </>
  )
}

/** When it was compared: what is written meanwhile is not in it. */
function ComparedAt({ diff }: Pick<RestoreWizard, 'diff'>) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      Compared {formatLocal(new Date(diff.dataUpdatedAt))}
      <Button size="sm" pending={diff.isFetching} onClick={() => void diff.refetch()}>
        Compare again
      </Button>
    </p>
  )
}
