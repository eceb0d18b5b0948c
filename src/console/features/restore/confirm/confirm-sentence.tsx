import type { RestorePreview } from '#api/contract/restores.ts'
import { EnvBand } from '#console/ui/env-band.tsx'

import { effectLabel, isDestructive } from '../effect-words.ts'
import { columnNames, lackingColumns } from '../lacking-columns.ts'
import { lossesOf, lostSentence } from '../losses.ts'
import { partsWords } from '../part-words.ts'
import { unknownLosses } from '../planned-diff.ts'
import { rowWords } from '../row-change-words.ts'
import { mergeWords } from '../rows-words.ts'
import { listWords } from '../scope-words.ts'
import type { Target } from '../target.ts'
import { useEnvironment } from '../use-environment.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'

export interface ConfirmSentenceProps {
  wizard: RestoreWizard
  target: Target
  effect: RestorePreview
}

/** The effect with its numbers, below the band of the surroundings that it happens in. */
export function ConfirmSentence({ wizard, target, effect }: ConfirmSentenceProps) {
  const { parts, targetName } = wizard
  const environment = useEnvironment()
  const isOverwriting = target.kind === 'existing'
  const isDangerous = isOverwriting && isDestructive(parts)
  const label = effectLabel({ target, targetName, effect, parts })
  return (
    <div className={`overflow-clip rounded-lg border ${isDangerous ? 'border-danger/50' : ''}`}>
      {isOverwriting && environment !== undefined && <EnvBand environment={environment} />}
      <div className="flex flex-col gap-1 bg-panel px-4 py-3">
        <p className="font-medium wrap-anywhere">
          {isOverwriting ? `${label}${rowSentence(wizard, effect)}.` : `${label}. ${comesWords(wizard)}`}
        </p>
        {isOverwriting && <Beside wizard={wizard} effect={effect} />}
        <p className="text-sm text-muted">
          {isOverwriting
            ? 'A safety backup is taken first. You can undo this restore.'
            : 'You can undo this: it deletes what was made.'}
        </p>
      </div>
    </div>
  )
}

/** What is lost beside rows: tables, columns, definitions, drafts, files; and what stays. */
function Beside({ wizard: { planned, parts, texts }, effect }: Pick<ConfirmSentenceProps, 'wizard' | 'effect'>) {
  const losses = planned === undefined ? [] : lossesOf(planned, effect)
  const others = losses.filter(({ what }) => what !== 'rows')
  // Who goes on before the texts are compared is told what happens to endpoints all the same.
  const groups = parts === undefined ? [] : unknownLosses({ effect, texts: texts.data })
  const dropped = parts?.dropColumns === true ? lackingColumns(parts, effect) : []
  return (
    <>
      {others.length > 0 && <p className="text-sm wrap-anywhere text-danger">{lostSentence(others)}</p>}
      {dropped.length > 0 && <p className="text-sm wrap-anywhere">Rows come back without {columnNames(dropped)}.</p>}
      {groups.length > 0 && (
        <p className="text-sm wrap-anywhere text-danger">
          Endpoints of {listWords(groups)} that the backup lacks are removed.
        </p>
      )}
      {parts !== undefined && <p className="text-sm">All else stays as it is.</p>}
    </>
  )
}

/** `: 3 rows come back, nothing is deleted`; nothing where no rows are restored. */
function rowSentence({ parts, diff }: RestoreWizard, effect: RestorePreview): string {
  if (diff.data === undefined || parts?.tables.length === 0) return ''
  const isMerge = parts !== undefined && parts.rows !== 'replace'
  return `: ${isMerge ? mergeWords(diff.data.tables, parts) : rowWords(diff.data, effect)}`
}

function comesWords({ parts }: RestoreWizard): string {
  return parts === undefined
    ? 'Nothing is overwritten.'
    : `It gets ${partsWords(parts)}, nothing else. Nothing is overwritten.`
}
