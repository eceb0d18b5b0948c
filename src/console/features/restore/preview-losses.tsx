import { Minus } from 'lucide-react'

import type { RestorePreview } from '#api/contract/restores.ts'
import { Callout } from '#console/ui/callout.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { lossLines, lossSummary } from './preview-words.ts'

/** What would be lost, first and open. */
export function PreviewLosses({ preview }: { preview: RestorePreview }) {
  const lines = lossLines(preview)
  if (lines.length === 0)
    return <Callout tone="success">Nothing that is there would be overwritten or removed.</Callout>
  return (
    <Panel
      title={<span className="text-danger">What would be lost</span>}
      description={lossSummary(preview)}
      className="border-danger/50"
    >
      <ScrollRegion aria-label="What would be lost, line by line" className="max-h-96 overflow-y-auto">
        <ul className="flex flex-col gap-1.5 text-sm">
          {lines.map((line) => (
            <li key={line} className="flex items-start gap-2">
              <Minus aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-danger" />
              <span className="min-w-0 wrap-anywhere">{line}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </Panel>
  )
}
