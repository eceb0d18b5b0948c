import { formatLocal } from '#console/lib/format-time.ts'

import { partsWords } from './part-words.ts'
import { TargetEnvironment } from './target-environment.tsx'
import type { Target } from './target.ts'
import type { RestoreWizard } from './use-restore-wizard.ts'

/** What goes where, in one line that stands over the preview and the confirmation. */
export function PreviewHeading({ wizard }: { wizard: RestoreWizard }) {
  const { target, targetName, parts } = wizard
  const { name, at } = sourceOf(wizard)
  const place = placeWords(target)
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
      <span className="min-w-0 wrap-anywhere">
        Restoring {parts !== undefined && <strong className="font-semibold">{partsWords(parts)} </strong>}
        {parts !== undefined && 'from '}
        <strong className="font-semibold">{name}</strong>
        {at !== undefined && <span className="text-muted"> · {formatLocal(new Date(at))}</span>} into {place}
        <strong className="font-semibold">{targetName}</strong>
      </span>
      <TargetEnvironment />
    </p>
  )
}

function placeWords(target: Target | undefined): string {
  if (target?.kind === 'new') return 'the new workspace '
  return target?.kind === 'branch' ? `the new branch ${target.label} of ` : ''
}

/** The archive's own words where it was read, else those of the list. */
function sourceOf({ backup, preview }: RestoreWizard): { name: string; at: string | undefined } {
  const summary = preview.data?.summary ?? backup?.summary
  const name = summary?.workspace ?? backup?.workspaceName ?? ''
  return { name: name === '' ? 'the archive' : name, at: summary?.createdAt ?? backup?.createdAt }
}
