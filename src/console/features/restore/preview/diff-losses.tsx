import { Minus } from 'lucide-react'

import { formatLocal } from '#console/lib/format-time.ts'
import { formatNumber } from '#console/lib/format.ts'
import { Button } from '#console/ui/button.tsx'
import { Callout } from '#console/ui/callout.tsx'
import { Panel } from '#console/ui/panel.tsx'
import { ScrollRegion } from '#console/ui/scroll-region.tsx'

import { type Loss, lossTotals } from '../losses.ts'

/** The rest is in the tables below. */
const LINES_MAX = 100

export interface DiffLossesProps {
  losses: readonly Loss[]
  onLook: (look: string) => void
}

/** What would be lost, first and open. */
export function DiffLosses({ losses, onLook }: DiffLossesProps) {
  if (losses.length === 0) return <Callout tone="success">Nothing would be removed.</Callout>
  return (
    <Panel
      title={<span className="text-danger">What would be lost</span>}
      description={<span className="tabular-nums">{lossTotals(losses)}</span>}
      className="border-danger/50"
      flush
    >
      <ScrollRegion aria-label="What would be lost, line by line" className="max-h-96 overflow-y-auto">
        <ul className="text-sm">
          {losses.slice(0, LINES_MAX).map((loss) => (
            <li key={loss.words} className="flex min-h-9 items-start gap-2 px-4 py-1 not-last:border-b sm:items-center">
              <Minus aria-hidden className="mt-0.5 size-4 shrink-0 stroke-[1.5] text-danger sm:mt-0" />
              <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
                <span className="min-w-0 flex-[1_1_14rem] wrap-anywhere">
                  {loss.words}
                  {loss.newestAt !== null && (
                    <span className="text-muted">, newest {formatLocal(new Date(loss.newestAt))}</span>
                  )}
                </span>
                <LookButton loss={loss} onLook={onLook} />
              </span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {losses.length > LINES_MAX && (
        <p className="border-t px-4 py-2 text-sm text-muted">
          {formatNumber(losses.length - LINES_MAX)} more are in the lists below.
        </p>
      )}
    </Panel>
  )
}

function LookButton({ loss: { look, words }, onLook }: { loss: Loss; onLook: (look: string) => void }) {
  if (look === null) return null
  const label = look.startsWith('definition:') ? 'See text' : 'See samples'
  return (
    <Button size="sm" aria-label={`${label}: ${words}`} onClick={() => onLook(look)}>
      {label}
    </Button>
  )
}
