import { describeFailure } from '#console/data/describe-failure.ts'
import { ErrorState } from '#console/ui/error-state.tsx'

import { hasLogic } from '../parts.ts'
import { sameLogic } from '../planned-diff.ts'
import { listWords } from '../scope-words.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'

/** Texts are compared beside: nobody has to wait for them, as the texts of the backup come back whatever they are. */
export function TextsNote({ wizard: { texts, parts, planned } }: { wizard: RestoreWizard }) {
  if (parts === undefined || !hasLogic(parts)) return null
  if (texts.data !== undefined) return planned === undefined ? null : <Same names={sameLogic(parts, planned)} />
  if (texts.isLoadingError) {
    return (
      <ErrorState
        {...describeFailure(texts.error, 'The texts could not be compared')}
        onRetry={() => void texts.refetch()}
        isRetrying={texts.isFetching}
      />
    )
  }
  return (
    <p className="text-sm text-muted">
      Comparing their texts with what is there now. You can go on without it: the texts of the backup come back.
    </p>
  )
}

/** Chosen, but there is nothing to do. */
function Same({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className="text-sm wrap-anywhere text-muted">
      {listWords(names)} {names.length === 1 ? 'is' : 'are'} as in the backup already.
    </p>
  )
}
