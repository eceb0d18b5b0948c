import type { ArchiveDiff } from '#api/contract/diffs.ts'
import type { RestorePreview } from '#api/contract/restores.ts'
import { formatLocal } from '#console/lib/format-time.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'

import { ColumnsChoice } from '../columns-choice.tsx'
import { isNothing, lossesOf } from '../losses.ts'
import { logicNames } from '../part-words.ts'
import type { Parts } from '../parts.ts'
import { unknownLosses } from '../planned-diff.ts'
import { RowsChoice } from '../rows-choice.tsx'
import { listWords } from '../scope-words.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'
import { DiffDefinitions } from './diff-definitions.tsx'
import { DiffFiles } from './diff-files.tsx'
import { DiffLosses } from './diff-losses.tsx'
import { DiffTables } from './diff-tables.tsx'
import { takenFileWords } from './file-words.ts'
import { PartFiles } from './part-files.tsx'
import { TextsNote } from './texts-note.tsx'

export interface DiffPreviewProps {
  wizard: RestoreWizard
  planned: ArchiveDiff
  effect: RestorePreview
}

/** Every difference between what is there and what will be, losses first. */
export function DiffPreview({ wizard, planned, effect }: DiffPreviewProps) {
  const { go, parts, diff, refine, comparesRows } = wizard
  const look = (what: string) => go({ look: what })
  const change = (next: Parts): void => refine({ parts: next })
  const taken = effect.takenCanonicals.map(({ group }) => group)
  return (
    <>
      {parts !== undefined && parts.tables.length > 0 && diff.data && (
        <>
          <RowsChoice parts={parts} onChange={change} compared={{ diff: diff.data, effect }} />
          <ColumnsChoice parts={parts} effect={effect} onChange={change} />
        </>
      )}
      {isNothing(planned, effect) ? (
        <Nothing wizard={wizard} planned={planned} />
      ) : (
        <Losses wizard={wizard} planned={planned} effect={effect} onLook={look} />
      )}
      <DiffTables tables={planned.tables} isMerge={parts !== undefined && parts.rows !== 'replace'} onLook={look} />
      <DiffDefinitions definitions={planned.definitions} isCompared={isCompared(wizard)} onLook={look} />
      <TextsNote wizard={wizard} />
      {parts === undefined ? (
        <DiffFiles files={planned.files} onLook={look} />
      ) : (
        <PartFiles chosen={parts.files} choices={effect.choices} />
      )}
      {effect.takenFiles.count > 0 && <Callout>{takenFileWords(effect.takenFiles)}</Callout>}
      {taken.length > 0 && (
        <Callout tone="warning">
          {listWords(taken)} {taken.length === 1 ? 'gets' : 'get'} the address chosen under Scope.
        </Callout>
      )}
      {comparesRows && <ComparedAt diff={wizard.diff} />}
    </>
  )
}

/** What would be lost; that nothing is, is said only once everything is compared. */
function Losses({ wizard, planned, effect, onLook }: DiffPreviewProps & { onLook: (look: string) => void }) {
  const { parts, texts } = wizard
  const losses = lossesOf(planned, effect)
  const groups = parts === undefined ? [] : unknownLosses({ effect, texts: texts.data })
  return (
    <>
      {(losses.length > 0 || groups.length === 0) && <DiffLosses losses={losses} onLook={onLook} />}
      {groups.length > 0 && (
        <Callout tone="warning" className="wrap-anywhere">
          Endpoints of {listWords(groups)} that the backup lacks would be removed.
        </Callout>
      )}
    </>
  )
}

/** Whether the texts of definitions are known, or only which there are. */
const isCompared = ({ parts, texts }: RestoreWizard): boolean => parts === undefined || texts.data !== undefined

function Nothing({ wizard: { parts }, planned }: { wizard: RestoreWizard; planned: ArchiveDiff }) {
  if (parts !== undefined && parts.rows !== 'replace') {
    return (
      <Callout tone="success" title="Nothing has to come back">
        {parts.rows === 'missing' ? 'No row of the backup is missing' : 'No row of the backup is missing or changed'} in{' '}
        {listWords(parts.tables)}. There is nothing to restore.
      </Callout>
    )
  }
  const names = parts === undefined ? [planned.workspace.name] : [...parts.tables, ...logicNames(parts)]
  return (
    <Callout tone="success" title="Nothing differs">
      <span className="wrap-anywhere">{listWords(names)}</span> {names.length === 1 ? 'is' : 'are'} as in the backup.
      There is nothing to restore.
    </Callout>
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
