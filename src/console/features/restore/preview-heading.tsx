import { formatLocal } from '#console/lib/format-time.ts'

import { TargetEnvironment } from './target-environment.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

export interface PreviewHeadingProps {
  wizard: RestoreWizard
  targetName: string
}

/** What goes where, in one line that stands over the preview and the confirmation. */
export function PreviewHeading({ wizard, targetName }: PreviewHeadingProps) {
  const { name, at } = sourceOf(wizard)
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
      Restoring <strong className="min-w-0 font-semibold wrap-anywhere">{name}</strong>
      {at !== undefined && <span className="text-muted">· {formatLocal(new Date(at))}</span>}
      into {wizard.target?.kind === 'new' && 'the new workspace'}{' '}
      <strong className="min-w-0 font-semibold wrap-anywhere">{targetName}</strong>
      <TargetEnvironment />
    </p>
  )
}

/** The archive's own words where it was read, else those of the list. */
function sourceOf({ backup, preview }: RestoreWizard): { name: string; at: string | undefined } {
  const summary = preview.data?.summary ?? backup?.summary
  const name = summary?.workspace ?? backup?.workspaceName ?? ''
  return { name: name === '' ? 'the archive' : name, at: summary?.createdAt ?? backup?.createdAt }
}
