import type { ScopeChoices } from '#api/contract/restore-scope.ts'
import { formatBytes, formatCount, formatNumber } from '#console/lib/format.ts'
import { Badge } from '#console/ui/badge.tsx'
import { Panel } from '#console/ui/panel.tsx'

import { EFFECT_MARKS } from '../effect-marks.ts'
import type { Parts } from '../parts.ts'
import { fileEffect } from './file-words.ts'

/** The rest is counted. */
const LINES_MAX = 20

export interface PartFilesProps {
  chosen: Parts['files']
  /** Narrowed to the choice. */
  choices: ScopeChoices
}

/** Chosen files: which come, and which of them take the place of one that is there. */
export function PartFiles({ chosen, choices }: PartFilesProps) {
  if (chosen.length === 0) return null
  const shown = choices.files.slice(0, LINES_MAX)
  const rest = choices.filesTotal - shown.length
  return (
    <Panel title="Stored files" description={fileEffect(choices)} flush>
      <ul className="text-sm">
        {shown.map(({ path, size, effect }) => (
          <li key={path} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 not-last:border-b">
            <Badge tone={EFFECT_MARKS[effect].tone}>{EFFECT_MARKS[effect].words}</Badge>
            <code className="order-last min-w-0 basis-full font-mono wrap-anywhere sm:order-none sm:flex-1 sm:basis-0">
              {path}
            </code>
            <span className="text-muted tabular-nums">{formatBytes(size)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className="border-t px-4 py-2 text-sm text-muted">
          {shown.length === 0 ? formatCount(rest, 'file') : `${formatNumber(rest)} more`}
        </p>
      )}
    </Panel>
  )
}
