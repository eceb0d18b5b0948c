import { formatLocal } from '#console/lib/format-time.ts'

import { TargetEnvironment } from './target-environment.tsx'
import type { RestoreWizard } from './use-restore-wizard.ts'

/** What goes where, in one line that stands over the preview and the confirmation. */
export function PreviewHeading({ wizard: { backup, preview, target }, targetName }: { wizard: RestoreWizard; targetName: string }) {
  const at = preview.data?.summary.createdAt ?? backup?.summary?.createdAt ?? backup?.createdAt
  const name = preview.data?.summary.workspace ?? backup?.workspaceName
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
      Restoring <strong className="font-semibold">{name || 'the archive'}</strong>
      {at !== undefined && <span className="text-muted">· {formatLocal(new Date(at))}</span>}
      into {target?.kind === 'new' && 'the new workspace'} <strong className="font-semibold">{targetName}</strong>
      <TargetEnvironment />
    </p>
  )
}
