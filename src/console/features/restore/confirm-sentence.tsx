import type { RestorePreview } from '#api/contract/restores.ts'
import { EnvBand } from '#console/ui/env-band.tsx'

import { lossesOf, rowWords } from './diff-words.ts'
import { effectLabel } from './effect-words.ts'
import type { Target } from './restore-search.ts'
import { listWords } from './scope-words.ts'
import { useEnvironment } from './use-environment.ts'
import type { RestoreWizard } from './use-restore-wizard.ts'

export interface ConfirmSentenceProps {
  wizard: RestoreWizard
  target: Target
  effect: RestorePreview
}

/** The effect with its numbers, below the band of the surroundings that it happens in. */
export function ConfirmSentence({ wizard, target, effect }: ConfirmSentenceProps) {
  const { diff, targetName } = wizard
  const environment = useEnvironment()
  const isOverwriting = target.kind === 'existing'
  const label = effectLabel(target, targetName, effect)
  return (
    <div className={`overflow-clip rounded-lg border ${isOverwriting ? 'border-danger/50' : ''}`}>
      {isOverwriting && environment !== undefined && <EnvBand environment={environment} />}
      <div className="flex flex-col gap-1 bg-panel px-4 py-3">
        <p className="font-medium wrap-anywhere">
          {isOverwriting && diff.data
            ? `${label}: ${rowWords(diff.data, effect)}.`
            : `${label}. Nothing is overwritten.`}
        </p>
        {isOverwriting && diff.data && <Also wizard={wizard} effect={effect} />}
        <p className="text-sm text-muted">
          {isOverwriting
            ? 'A safety backup is taken first. You can undo this restore.'
            : 'You can undo this: it deletes what was made.'}
        </p>
      </div>
    </div>
  )
}

/** What is lost beside rows: tables, columns, definitions, drafts, files. */
function Also({ wizard: { diff }, effect }: Pick<ConfirmSentenceProps, 'wizard' | 'effect'>) {
  if (diff.data === undefined) return null
  const others = lossesOf(diff.data, effect)
    .filter(({ what }) => what !== 'rows')
    .map(({ words }) => words)
  if (others.length === 0) return null
  return <p className="text-sm wrap-anywhere text-danger">Lost: {listWords(others)}.</p>
}
